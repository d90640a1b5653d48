import Backfill
import Foundation
import Glibc
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// TLS, client certificates and passwords with a real chain of certificates: what works, and what a failure says.
@Suite(.blocking, .enabled(if: SecureCluster.areAvailable, "these servers were built without TLS"))
struct SecureConnectionTests {
    private let source: SecureCluster
    private let shadow: SecureCluster

    init() throws {
        source = try #require(SecureCluster.source)
        shadow = try #require(SecureCluster.shadow)
    }

    /// As the user with a client's certificate.
    private func carl(
        database: String = "postgres", days: Int = 2, by authority: String = "authority", name: String = "carl"
    ) throws -> ConnectionString {
        let files = try source.authority.client(name, days: days, by: authority)
        return source.parameters("carl", database: database).merging([
            "sslcert": files.certificate, "sslkey": files.key,
        ])
    }

    /// The line of .pgpass for a server's user with a password.
    private func passwordLine(_ server: SecureCluster, _ password: String = "geheim-sam") -> String {
        "localhost:\(server.cluster.port):*:sam:\(password)\n"
    }

    /// Writes a file for one test.
    private func file(_ text: String, mode: Int = 0o600) throws -> String {
        let path = source.authority.path(UUID().uuidString)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    // MARK: What works

    private static let question = "SELECT ssl, current_user FROM pg_stat_ssl WHERE pid = pg_backend_pid()"

    /// The shell, a command and the preflight reach the server.
    private func expectConnection(
        _ arguments: [String], as user: String, environment: [String: String] = [:], files: [String: String] = [:],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let shell = try ProgramRun(
            ["-wXAtc", Self.question] + arguments, environment: environment, files: files)
        #expect(shell.status == 0 && shell.output == "t|\(user)\n", "\(shell.errors)", sourceLocation: location)
        let slots = try ProgramRun(["slots"] + arguments, environment: environment, files: files)
        #expect(slots.status == 0, "\(slots.errors)", sourceLocation: location)
        let check = try ProgramRun(["check-connections"] + arguments, environment: environment, files: files)
        #expect(check.status != 2, "\(check.output)\(check.errors)", sourceLocation: location)
        for run in [shell, slots, check] {
            #expect(!(run.output + run.errors).contains("geheim"), sourceLocation: location)
        }
    }

    @Test func aClientsCertificate() throws {
        try expectConnection(["--source", carl().conninfo], as: "carl")
    }

    @Test func anEncryptedKeyWithItsPassword() throws {
        let files = try source.authority.client("carl", password: "geheim-key")
        let parameters = source.parameters("carl").merging([
            "sslcert": files.certificate, "sslkey": files.key, "sslpassword": "geheim-key",
        ])
        try expectConnection(["--source", parameters.conninfo], as: "carl")
    }

    @Test func aPasswordFile() throws {
        try expectConnection(
            ["--source", source.parameters("sam").conninfo], as: "sam",
            environment: ["PGPASSFILE": file(passwordLine(source))])
        let own = source.parameters("sam").merging(["passfile": try file(passwordLine(source))])
        try expectConnection(["--source", own.conninfo], as: "sam")
    }

    @Test func theKeysOfTheConfiguration() throws {
        let text = """
            [source]
            host = "localhost"
            port = \(source.cluster.port)
            database = "postgres"
            user = "sam"
            password = "${SAMS}"
            ssl_mode = "verify-full"
            ssl_root_cert = "\(source.authority.root)"
            """
        try expectConnection(
            [], as: "sam", environment: ["SAMS": "geheim-sam"], files: ["scry-backfill.toml": text])
        let shown = try ProgramRun(
            ["config"], environment: ["SAMS": "geheim-sam"], files: ["scry-backfill.toml": text])
        #expect(shown.output.contains("verify-full") && !shown.output.contains("geheim"))
    }

    @Test func aServiceFile() throws {
        let parameters = try carl()
        let lines = parameters.parameters.map { "\($0.key)=\($0.value)\n" }.joined()
        let environment = ["PGSERVICEFILE": try file("[prod]\n" + lines)]
        try expectConnection(["--source", "service=prod"], as: "carl", environment: environment)
        try expectConnection([], as: "carl", environment: environment.merging(["PGSERVICE": "prod"]) { $1 })
    }

    // MARK: What fails

    /// The shell, a command and the preflight say so, and end with 2.
    private func expectFailure(
        _ parameters: ConnectionString, _ message: String, hint: String, environment: [String: String] = [:],
        commands: [String] = ["slots", "check-connections"], _ location: SourceLocation = #_sourceLocation
    ) throws {
        for arguments in [["-wXc", "select 1"]] + commands.map({ [$0] }) {
            let run = try ProgramRun(arguments + ["--source", parameters.conninfo], environment: environment)
            let said = run.output + run.errors
            #expect(run.status == 2, "\(arguments): \(said)", sourceLocation: location)
            #expect(said.contains(message), "\(arguments): \(said)", sourceLocation: location)
            // A report breaks its lines.
            let words = said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains(hint), "\(arguments): \(said)", sourceLocation: location)
            #expect(!said.contains("geheim"), "\(arguments): \(said)", sourceLocation: location)
        }
    }

    @Test func anotherHostName() throws {
        try expectFailure(
            carl().merging(["host": "shop.example", "hostaddr": "127.0.0.1"]), "does not match host name",
            hint: "Connect by a name that the certificate has")
    }

    @Test func anUnknownAuthority() throws {
        try expectFailure(
            carl().merging(["sslrootcert": source.authority.path("stranger.crt")]), "certificate verify failed",
            hint: "openssl s_client -starttls postgres -connect localhost:\(source.cluster.port) -CAfile")
        try expectFailure(
            carl().merging(["sslrootcert": "/nonexistent/root.crt"]), "root certificate file",
            hint: "sslrootcert in the connection string")
    }

    @Test func anExpiredServersCertificate() throws {
        let old = try SecureCluster(.shadow, days: -1)
        try expectFailure(
            old.parameters("sam").merging(["password": "geheim-sam"]), "certificate verify failed",
            hint: "must not have expired")
    }

    @Test func aClientsCertificateThatIsMissingOrNotAccepted() throws {
        let without = source.parameters("carl")
        try expectFailure(without, "valid client certificate", hint: "Give the client's certificate and its key")
        try expectFailure(
            carl(days: -1), "alert certificate expired", hint: "have a new one made")
        try expectFailure(carl(by: "stranger"), "alert unknown ca", hint: "its ssl_ca_file must have signed it")
        try expectFailure(
            carl(name: "sam"), "certificate authentication failed for user \"carl\"", hint: "must be the user's name")
    }

    @Test func aKeyThatOthersReadOrThatIsMissing() throws {
        let parameters = try carl()
        let key = try #require(parameters["sslkey"])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        try expectFailure(parameters, "has group or world access", hint: "chmod 600 \(key)")
        try expectFailure(
            parameters.merging(["sslkey": key + ".none"]), "but not private key file", hint: "sslkey in the connection")
        let other = try #require(try carl()["sslkey"])
        try expectFailure(parameters.merging(["sslkey": other]), "key values mismatch", hint: "belongs to")
        let locked = try source.authority.client("carl", password: "geheim-key")
        try expectFailure(
            source.parameters("carl").merging([
                "sslcert": locked.certificate, "sslkey": locked.key, "sslpassword": "geheim-other",
            ]), "could not load private key file", hint: "sslpassword")
    }

    @Test func aWrongPassword() throws {
        let parameters = source.parameters("sam")
        try expectFailure(
            parameters.merging(["password": "geheim-wrong"]), "password authentication failed for user \"sam\"",
            hint: "Check the user and the password")
        try expectFailure(
            parameters, "password authentication failed", hint: "Check the user and the password",
            environment: ["PGPASSFILE": file(passwordLine(source, "geheim-wrong"))])
    }

    @Test func aPasswordFileThatOthersRead() throws {
        let path = try file(passwordLine(source), mode: 0o644)
        // The others ask for the password where there is a terminal.
        try expectFailure(
            source.parameters("sam"), "no password supplied", hint: "chmod 600 \(path)",
            environment: ["PGPASSFILE": path], commands: [])
    }

    @Test func noTLSWhereItIsAskedFor() throws {
        try expectFailure(
            source.parameters("sam").merging(["sslmode": "disable", "password": "geheim-sam"]), "no encryption",
            hint: "sslmode=require")
        let plain = try LocalCluster(.shadow, listensOnTCP: true)
        try plain.start()
        try expectFailure(
            plain.connectionString(overTCP: true).merging(["sslmode": "require"]), "server does not support SSL",
            hint: "Turn ssl on")
    }

    @Test func aServiceThatIsNotDefined() throws {
        try expectFailure(
            ConnectionString(["service": "nowhere"]), "definition of service \"nowhere\" not found",
            hint: "Check the service's name", environment: ["PGSERVICEFILE": file("[other]\nhost=localhost\n")])
        try expectFailure(
            ConnectionString(["service": "nowhere"]), "not found", hint: "Name the file by PGSERVICEFILE",
            environment: ["PGSERVICEFILE": "/nonexistent/services"])
    }

    /// What needs a person is not tried for ever.
    @Test func theEngineStopsWhereAPersonIsNeeded() throws {
        let open = try file(passwordLine(shadow), mode: 0o644)
        let good = try file(passwordLine(shadow))
        let cases: [(ConnectionString, String, String, String)] = [
            (
                try carl().merging(["sslrootcert": source.authority.path("stranger.crt")]), good,
                "certificate verify failed", "openssl s_client"
            ),
            (source.parameters("carl"), good, "valid client certificate", "Give the client's"),
            (try carl(), open, "no password supplied", "chmod 600 \(open)"),
        ]
        for (from, passwords, message, hint) in cases {
            let run = try ProgramRun(
                ["run", "--source", from.conninfo, "--shadow", shadow.parameters("sam").conninfo],
                environment: ["PGPASSFILE": passwords])
            #expect(run.status == 1, "\(run.errors)")
            #expect(run.errors.contains(message) && run.errors.contains(hint), "\(run.errors)")
            #expect(!run.errors.contains("geheim"))
        }
    }
}
