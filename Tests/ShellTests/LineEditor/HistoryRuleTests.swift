import Testing

@testable import Shell

@Suite struct HistoryRuleTests {
    @Test(arguments: [
        "ALTER ROLE a PASSWORD 'x';", "create user a with encrypted password $$x$$", "\\c 'host=a password=b'",
        "CREATE SUBSCRIPTION s CONNECTION 'host=a' PUBLICATION p;",
        "CREATE USER MAPPING FOR a SERVER s OPTIONS (p 'x')",
        "\\c postgresql://me:secret@host/db", "\\c postgres://host/db?password=x", "SET a.password = 'x'",
    ])
    func secretsAreLeftOut(statement: String) {
        #expect(!HistoryRule().keeps(statement, after: nil))
    }

    @Test(arguments: [
        "SELECT password FROM users;", "\\password alice", "SELECT 'http://example.org/a@b:c';",
        "\\c postgresql://host/db",
    ])
    func othersAreKept(statement: String) {
        #expect(HistoryRule().keeps(statement, after: nil))
    }

    @Test func historyControl() {
        let rule = HistoryRule(ignoresLeadingSpace: true, ignoresDuplicates: true)
        #expect(!rule.keeps(" SELECT 1;", after: nil))
        #expect(!rule.keeps("SELECT 1;", after: "SELECT 1;"))
        #expect(rule.keeps("SELECT 1;", after: "SELECT 2;"))
        #expect(HistoryRule().keeps(" SELECT 1;", after: nil))
        #expect(!HistoryRule().keeps(" \n", after: nil))
    }
}
