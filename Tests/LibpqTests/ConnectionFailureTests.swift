import Postgres
import Testing

@testable import Libpq

@Suite struct ConnectionFailureTests {
    private func error(_ text: String, needsPassword: Bool = false, _ parameters: [String: String] = [:])
        -> PostgresError
    {
        PostgresError(connecting: text, needsPassword: needsPassword, ConnectionString(parameters))
    }

    @Test func theServersStateIsTakenOutOfItsText() {
        let text = """
            connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  28P01: password authentication failed for user "u"
            LOCATION:  auth_failed, auth.c:338

            """
        let error = error(text)
        #expect(error.sqlState == .invalidPassword && error.origin == .connection && !error.isSafeToRetry)
        #expect(
            error.message
                == #"connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for user "u""#
        )
    }

    /// With several hosts or addresses the last answer counts.
    @Test func theLastHostsStateCounts() {
        let error = error(
            """
            connection to server at "a" (::1), port 5432 failed: Connection refused
            \tIs the server running on that host and accepting TCP/IP connections?
            connection to server at "a" (127.0.0.1), port 5432 failed: FATAL:  57P03: the database system is starting up
            LOCATION:  ProcessStartupPacket, postmaster.c:2344
            """)
        #expect(error.sqlState == .cannotConnectNow && error.isSafeToRetry && error.message.contains("refused"))
    }

    @Test(arguments: [
        "server certificate for \"a\" does not match host name \"b\"", "SSL error: certificate verify failed",
        "root certificate file \"/x/root.crt\" does not exist", "SSL error: tlsv1 alert unknown ca",
        "SSL error: sslv3 alert certificate expired", "SSL error: tlsv13 alert certificate required",
        "private key file \"k\" has group or world access; file must have permissions u=rw (0600) or less",
        "certificate present, but not private key file \"k\"", "could not load private key file \"k\": bad decrypt",
        "certificate does not match private key file \"k\": key values mismatch",
        "could not read certificate file \"c\": no start line", "definition of service \"s\" not found",
        "service file \"f\" not found", "syntax error in service file \"f\", line 3",
        "server does not support SSL, but SSL was required", "invalid sslmode value: \"sure\"",
        "invalid port number: \"x\"", "invalid connection option \"hots\"",
        "channel binding is required, but server did not offer an authentication method that supports channel binding",
    ])
    func whatAPersonMustMendIsNotTriedAgain(_ message: String) {
        let error = error(message + "\n")
        #expect(!error.isSafeToRetry && error.message == message)
        #expect(error.hint?.hasSuffix(".") == true)
        #expect(error.hint?.hasPrefix("Check the host and the port") == false)
    }

    @Test(arguments: [
        "connection to server at \"h\" (10.0.0.1), port 5432 failed: Connection refused",
        "could not translate host name \"h\" to address: Temporary failure in name resolution",
        "connection to server at \"h\" (10.0.0.1), port 5432 failed: SSL SYSCALL error: EOF detected",
        "connection to server at \"h\" (10.0.0.1), port 5432 failed: server closed the connection unexpectedly",
        "connection to server at \"h\" (10.0.0.1), port 5432 failed: session is read-only",
    ])
    func whatPassesByItselfIsTriedAgain(_ message: String) {
        let error = error(message)
        #expect(error.isSafeToRetry && error.hint != nil)
    }

    @Test func theHintNamesWhatIsInForceButNoSecret() {
        let parameters = [
            "host": "db.example,other", "port": "5433", "sslrootcert": "/etc/root.crt", "password": "geheim",
            "sslpassword": "geheim", "sslkey": "/etc/my.key",
        ]
        let unverified = error("SSL error: certificate verify failed", parameters)
        #expect(
            unverified.hint?.hasSuffix(
                "openssl s_client -starttls postgres -connect db.example:5433 -CAfile /etc/root.crt shows which.")
                == true)
        let key = error("private key file \"/etc/my.key\" has group or world access; file must …", parameters)
        #expect(key.hint?.hasSuffix("(chmod 600 /etc/my.key).") == true)
        for error in [unverified, key, error("fe_sendauth: no password supplied", needsPassword: true, parameters)] {
            #expect(!"\(error)".contains("geheim"))
        }
    }

    @Test func aRefusalSaysWhatTheServerAsksFor() {
        let head = "connection to server at \"h\" (10.0.0.1), port 5432 failed: FATAL:  28000: "
        #expect(error(head + "connection requires a valid client certificate").hint?.contains("sslcert") == true)
        #expect(
            error(head + "certificate authentication failed for user \"u\"").hint?.contains("pg_ident.conf") == true)
        #expect(
            error(head + "no pg_hba.conf entry for host \"10.0.0.2\", user \"u\", database \"d\", no encryption").hint?
                .contains("sslmode=require") == true)
        #expect(error(head + "role \"u\" does not exist").hint?.contains("pg_hba.conf") == true)
    }
}
