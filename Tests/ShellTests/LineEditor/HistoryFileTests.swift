import Glibc
import Postgres
import Testing

@testable import Shell

@Suite struct HistoryFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = "/tmp/history-test-\(UInt64.random(in: 0...(.max)))"
        unsafe mkdir(folder, 0o700)
        defer {
            unsafe unlink(folder + "/history")
            unsafe unlink(folder + "/link")
            unsafe rmdir(folder)
        }
        try body(folder)
    }

    @Test func statementsComeBackAsTheyWere() throws {
        try withFolder { folder in
            let file = HistoryFile(path: folder + "/history")
            #expect(try file.load(limit: 10) == [])
            let statements = ["SELECT 1;", "SELECT E'\\n',\n  'é';", "\\d foo", "a\r\nb"]
            for statement in statements { try file.append(statement) }
            #expect(try file.load(limit: 10) == statements)
            #expect(try file.load(limit: 2) == Array(statements.suffix(2)))
            var status = stat()
            unsafe stat(file.path, &status)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func longFilesAreCutBack() throws {
        try withFolder { folder in
            let file = HistoryFile(path: folder + "/history")
            for number in 0..<25 { try file.append("SELECT \(number);") }
            #expect(try file.load(limit: 10).count == 10)
            #expect(try file.load(limit: 100).count == 10)
        }
    }

    @Test func symbolicLinkIsRefused() throws {
        try withFolder { folder in
            unsafe symlink("/etc/hostname", folder + "/link")
            #expect(throws: PostgresError.self) { try HistoryFile(path: folder + "/link").append("x") }
        }
    }
}
