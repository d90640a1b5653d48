import Commands
import Configuration
import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct RoleCommandsTests {
    private static let schema = """
        CREATE SCHEMA app; CREATE SCHEMA "Odd ""S"; CREATE SCHEMA empty;
        CREATE TABLE app.users (id serial PRIMARY KEY, name text);
        CREATE TABLE "Odd ""S"."T 1" (id int PRIMARY KEY);
        CREATE VIEW app.names AS SELECT name FROM app.users;
        """

    private let fixture: CommandFixture
    private let role: String

    init() throws {
        fixture = try CommandFixture(Self.schema)
        role = "\(fixture.database.name) Role"
    }

    private var quoted: String { "\"\(role)\"" }

    private func asRole(_ sql: String, user: String? = nil) throws(PostgresError) {
        let connection = try Connection(
            fixture.database.connectionString.merging(["user": user ?? role]), interrupt: Interrupt())
        try connection.query(sql)
    }

    private func dropRole() throws {
        try fixture.connection.query("DROP OWNED BY \(quoted); DROP ROLE \(quoted)")
    }

    @Test func createsWhatIsMissingOnce() throws {
        let missing = try fixture.run("role", "check", quoted)
        #expect(!missing.succeeded)
        #expect(try missing.json()["exists"] as? Bool == false)
        let created = try fixture.run("role", "create", quoted)
        #expect(created.text.hasPrefix("role \(quoted) created\n  LOGIN: granted\n  REPLICATION: granted\n"))
        #expect(created.text.contains("\n  USAGE on schema \"Odd \"\"S\": granted\n"))
        #expect(created.text.hasSuffix("It has no password; \\password \(quoted) gives it one."))
        #expect(try created.json()["passed"] as? Bool == true)
        let again = try fixture.run("role", "create", quoted)
        #expect(again.text.hasPrefix("role \(quoted) exists already\n  LOGIN: already\n"))
        #expect(!again.text.contains("granted") && !again.text.contains("password"))
        let check = try fixture.run("role", "check", quoted)
        #expect(check.succeeded && check.text == "The role has all that it needs.")
        // It reads what is there and what comes, and nothing else.
        try asRole(
            "SELECT * FROM app.users; SELECT last_value FROM app.users_id_seq; SELECT * FROM \"Odd \"\"S\".\"T 1\"")
        try fixture.connection.query("CREATE TABLE app.later (id serial)")
        try asRole("SELECT * FROM app.later; SELECT last_value FROM app.later_id_seq")
        #expect(throws: PostgresError.self) { try asRole("INSERT INTO app.later DEFAULT VALUES") }
        #expect(throws: PostgresError.self) { try asRole("SELECT nextval('app.users_id_seq')") }
        #expect(throws: PostgresError.self) { try asRole("CREATE TABLE empty.t ()") }
        try dropRole()
    }

    @Test func schemasMayBeNamed() throws {
        _ = try fixture.run("role", "create", quoted, "app")
        try asRole("SELECT * FROM app.users")
        #expect(throws: PostgresError.self) { try asRole("SELECT * FROM \"Odd \"\"S\".\"T 1\"") }
        #expect(try fixture.run("role", "check", quoted, "app").succeeded)
        let all = try fixture.run("role", "check", quoted)
        #expect(!all.succeeded)
        #expect(all.text.contains("    GRANT USAGE ON SCHEMA \"Odd \"\"S\" TO \(quoted);"))
        #expect(fixture.failure("role", "create", quoted, "no_such")?.message == "schema \"no_such\" does not exist")
        #expect(fixture.failure("role", "create", "a*")?.message == "a name without wildcards is needed, not \"a*\"")
        _ = try fixture.run("role", "create", quoted, "*")
        #expect(try fixture.run("role", "check", quoted, "empty").succeeded)
        try dropRole()
    }

    @Test func eachMissingPrivilegeIsListedWithItsSQL() throws {
        _ = try fixture.run("role", "create", quoted)
        try fixture.connection.query(
            """
            ALTER ROLE \(quoted) NOLOGIN NOREPLICATION VALID UNTIL '2001-01-01';
            REVOKE CONNECT ON DATABASE \(fixture.database.name) FROM PUBLIC, \(quoted);
            REVOKE SELECT ON app.users, app.users_id_seq FROM \(quoted);
            """)
        try fixture.connection.query(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE SELECT ON SEQUENCES FROM \(quoted)")
        let check = try fixture.run("role", "check", quoted)
        #expect(!check.succeeded)
        #expect(
            check.text == """
                7 missing. This mends it:
                    ALTER ROLE \(quoted) LOGIN;
                    ALTER ROLE \(quoted) REPLICATION;
                    ALTER ROLE \(quoted) VALID UNTIL 'infinity';
                    GRANT CONNECT ON DATABASE "\(fixture.database.name)" TO \(quoted);
                    GRANT SELECT ON ALL TABLES IN SCHEMA "app" TO \(quoted);
                    GRANT SELECT ON ALL SEQUENCES IN SCHEMA "app" TO \(quoted);
                    ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "app" GRANT SELECT ON SEQUENCES TO \(quoted);
                """)
        // What is printed is a script that mends it.
        try fixture.connection.query(try fixture.run("role", "check", quoted, "--print").text)
        #expect(try fixture.run("role", "check", quoted).succeeded)
        try dropRole()
    }

    @Test func printingChangesNothing() throws {
        let printed = try fixture.run("role", "create", quoted, "app", "--print")
        #expect(
            printed.text == """
                BEGIN;
                CREATE ROLE \(quoted) LOGIN;
                ALTER ROLE \(quoted) REPLICATION;
                GRANT USAGE ON SCHEMA "app" TO \(quoted);
                GRANT SELECT ON ALL TABLES IN SCHEMA "app" TO \(quoted);
                GRANT SELECT ON ALL SEQUENCES IN SCHEMA "app" TO \(quoted);
                ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "app" GRANT SELECT ON TABLES TO \(quoted);
                ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "app" GRANT SELECT ON SEQUENCES TO \(quoted);
                COMMIT;
                -- then give it a password: \\password \(quoted)
                """)
        #expect(try fixture.run("role", "check", quoted).json()["exists"] as? Bool == false)
    }

    /// Every role that makes tables in the schema counts, whether it owns one yet or not.
    @Test func everyCreatorIsCovered() throws {
        let prefix = fixture.database.name
        let people = ["\(prefix)_owner", "\(prefix)_team", "\(prefix)_member", "\(prefix)_other"]
        for person in people { try fixture.connection.query("CREATE ROLE \(person) LOGIN") }
        try fixture.connection.query(
            """
            GRANT \(prefix)_team TO \(prefix)_member;
            GRANT USAGE, CREATE ON SCHEMA app TO \(prefix)_owner, \(prefix)_team;
            ALTER TABLE app.users OWNER TO \(prefix)_owner;
            REVOKE CREATE ON SCHEMA app FROM \(prefix)_owner;
            """)
        let created = try fixture.run("role", "create", quoted, "app")
        for person in ["postgres", "\(prefix)_owner", "\(prefix)_team", "\(prefix)_member"] {
            #expect(created.text.contains("SELECT on what \(person) makes later in schema app: granted"))
        }
        #expect(!created.text.contains("\(prefix)_other"))
        try asRole("CREATE TABLE app.m ()", user: "\(prefix)_member")
        try asRole("SELECT * FROM app.m")
        try dropRole()
        try fixture.connection.query("DROP TABLE app.m, app.users CASCADE")
        for person in people.reversed() {
            try fixture.connection.query("DROP OWNED BY \(person); DROP ROLE \(person)")
        }
    }

    /// Who may not grant everything grants what he may, and names who must do the rest.
    @Test func whatAnotherMustGrantIsSaid() throws {
        let admin = "\(fixture.database.name)_admin"
        try fixture.connection.query(
            """
            CREATE ROLE \(admin) LOGIN; CREATE ROLE \(quoted) LOGIN REPLICATION;
            GRANT USAGE ON SCHEMA app TO \(admin) WITH GRANT OPTION; GRANT CREATE ON SCHEMA app TO \(admin);
            """)
        try asRole("CREATE TABLE app.mine (id int PRIMARY KEY)", user: admin)
        let interrupt = try Interrupt()
        let context = CommandContext(
            configuration: Configuration(), interrupt: interrupt,
            source: Server(
                .source, fixture.database.connectionString.merging(["user": admin]), interrupt: interrupt),
            shadow: nil)
        let (command, rest) = try #require(CommandTable.find(["role", "create", quoted, "app"]))
        let output = try command.run(context, command.grammar.parse(Array(rest), of: command))
        #expect(output.text.contains("  SELECT on tables app.mine: granted"))
        #expect(output.text.contains("  SELECT on what \(admin) makes later in schema app: granted"))
        #expect(
            output.warnings == [
                "SELECT on tables app.users could not be granted by this user",
                "SELECT on sequences app.users_id_seq could not be granted by this user",
                "SELECT on what postgres makes later in schema app could not be granted by this user",
            ])
        guard case .warning(_, let hint) = try #require(output.blocks.dropFirst().first) else { return }
        #expect(
            hint
                == "Have the owner, postgres, or a superuser, run: GRANT SELECT ON TABLE \"app\".\"users\" TO \(quoted);"
        )
        try asRole("SELECT * FROM app.mine")
        context.source.close()
        // Making a role is not his to do; nothing is half done.
        let (_, others) = try #require(CommandTable.find(["role", "create", "\(admin)_2", "app"]))
        let error = #expect(throws: PostgresError.self) {
            try command.run(context, command.grammar.parse(Array(others), of: command))
        }
        #expect(error?.hint?.contains("--print") == true)
        context.source.close()
        // What was granted by another goes with what it was granted on.
        try fixture.connection.query("DROP SCHEMA app CASCADE")
        try dropRole()
        try fixture.connection.query("DROP OWNED BY \(admin); DROP ROLE \(admin)")
    }

    @Test func rowSecurityNeedsALeaveOfItsOwn() throws {
        try fixture.connection.query("ALTER TABLE app.users ENABLE ROW LEVEL SECURITY")
        let created = try fixture.run("role", "create", quoted, "app")
        #expect(created.warnings == ["row-level security hides rows of app.users from the role"])
        let check = try fixture.run("role", "check", quoted, "app")
        #expect(!check.succeeded && check.text.contains("    ALTER ROLE \(quoted) BYPASSRLS;"))
        let bypassing = try fixture.run("role", "create", quoted, "app", "--bypassrls")
        #expect(bypassing.text.contains("  BYPASSRLS: granted") && bypassing.warnings.isEmpty)
        #expect(try fixture.run("role", "check", quoted, "app").succeeded)
        try dropRole()
    }

    @Test func everybodysSchemaIsSaid() throws {
        try fixture.connection.query("GRANT CREATE ON SCHEMA app TO PUBLIC")
        let created = try fixture.run("role", "create", quoted, "app")
        #expect(created.warnings.first?.hasPrefix("every user may make tables in schema app") == true)
        #expect(try fixture.run("role", "check", quoted, "app").succeeded)
        try dropRole()
    }
}

/// Passwords: never as plain text to the server.
@Suite(.blocking) struct RolePasswordTests {
    private let cluster: LocalCluster

    init() throws {
        cluster = try LocalCluster(
            .source, settings: ["log_statement": "all", "password_encryption": "md5"], listensOnTCP: true,
            accessRules: "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        try cluster.start()
        try cluster.run("CREATE TABLE t (id int PRIMARY KEY)")
    }

    private final class Answers {
        var left: [String?]
        var questions: [String] = []
        init(_ answers: [String?]) { left = answers }
    }

    private func create(_ options: String..., answers: [String?]? = nil) throws -> (Output, [String]) {
        let interrupt = try Interrupt()
        let person = Answers(answers ?? [])
        let context = CommandContext(
            configuration: Configuration(), interrupt: interrupt,
            source: Server(.source, cluster.connectionString(), interrupt: interrupt), shadow: nil,
            isInteractive: answers != nil,
            askSecret: { question in
                person.questions.append(question)
                return person.left.removeFirst()
            })
        let (command, rest) = try #require(CommandTable.find(["role", "create", "scry_replication"] + options))
        return (try command.run(context, command.grammar.parse(Array(rest), of: command)), person.questions)
    }

    private func logIn(_ password: String) throws(PostgresError) {
        _ = try Connection(
            cluster.connectionString(user: "scry_replication", overTCP: true).merging(["password": password]),
            interrupt: Interrupt())
    }

    @Test func aPersonIsAskedTwice() throws {
        let (output, questions) = try create(answers: ["geheim ä", "geheim ä"])
        #expect(output.text.hasSuffix("\n  password: set"))
        #expect(questions.count == 2)
        try logIn("geheim ä")
        #expect(throws: PostgresError.self) { try logIn("other") }
        #expect(!cluster.logText().contains("geheim"))
        let verifier = try cluster.connect().query(
            "SELECT rolpassword ~ '^SCRAM-SHA-256' FROM pg_authid WHERE rolname = 'scry_replication'")
        #expect(verifier[0, 0] == "t")
        // An existing role's password is \password's business.
        let (_, none) = try create(answers: [])
        #expect(none.isEmpty)
    }

    @Test func noneMayBeGiven() throws {
        let (output, _) = try create(answers: [""])
        #expect(output.text.hasSuffix("It has no password; \\password scry_replication gives it one."))
    }

    @Test func twoThatDifferChangeNothing() throws {
        for answers in [["a", "b"], ["a", nil], [nil]] {
            #expect(throws: PostgresError.self) { try create(answers: answers) }
        }
        let roles = try cluster.connect().query("SELECT FROM pg_roles WHERE rolname = 'scry_replication'")
        #expect(roles.rowCount == 0)
    }

    @Test func aScriptNamesAFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "password-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("from file\r\nnot this\n".utf8).write(to: file)
        let (output, _) = try create("--password-file", file.path)
        #expect(output.text.hasSuffix("\n  password: set"))
        try logIn("from file")
        try Data("next".utf8).write(to: file)
        let (again, _) = try create("--password-file=\(file.path)")
        #expect(again.text.hasSuffix("\n  password: set"))
        try logIn("next")
        try Data("\n".utf8).write(to: file)
        #expect(throws: PostgresError.self) { try create("--password-file", file.path) }
        #expect(throws: PostgresError.self) { try create("--password-file", file.path + "-none") }
        #expect(!cluster.logText().contains("next") && !cluster.logText().contains("from file"))
    }
}
