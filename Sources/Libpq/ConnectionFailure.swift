import Glibc
internal import Postgres

// Why a connection could not be made, and what mends it.
//
// The server's own errors have a SQLSTATE. Those that libpq itself finds (a certificate, a key's file, the service
// file) have none: only their text distinguishes a server that may come back from a setting that a person must change.
// Only the former is worth another attempt.

extension PostgresError {
    /// An attempt to connect that failed. libpq 15 keeps the server's SQLSTATE of such an error to itself; with the
    /// verbosity set to verbose before the answer arrives the text holds it (fe-protocol3.c, pqBuildErrorMessage3), and is
    /// brought back to what psql shows.
    ///
    /// - Parameter parameters: those in force; their secrets are not used.
    init(connecting text: String, needsPassword: Bool, _ parameters: ConnectionString) {
        var state: SQLState?
        var lines: [String] = []
        for line in PostgresError.trimmed(text).split(separator: "\n", omittingEmptySubsequences: false) {
            if let (code, rest) = PostgresError.takeState(line) {
                state = code
                lines.append(rest)
            } else if !PostgresError.isLocation(line) {
                lines.append(String(line))
            }
        }
        let message = lines.joined(separator: "\n")
        let finding = state == nil ? ConnectionFinding(message, parameters) : nil
        self.init(
            message,
            sqlState: state ?? (needsPassword ? .invalidPassword : finding?.sqlState ?? SQLState("08001")),
            origin: .connection)
        severity = "FATAL"
        hint =
            switch sqlState {
            case .invalidPassword: ConnectionFinding.passwordHint(parameters)
            case .invalidAuthorization where finding == nil: ConnectionFinding.refusalHint(message)
            default: finding?.hint ?? connectionHint
            }
    }

    /// The hint for a connection that was refused.
    private var connectionHint: String? {
        switch sqlState.code {
        case "08001", "08004", "08006": "Check the host and the port, and that a server runs and listens there."
        case "3D000": "Name a database that exists; -l lists them."
        case "42501": "Grant the role CONNECT on the database."
        case "53300": "Wait until connections are free, or raise the server's max_connections."
        case "57P03": "Wait until the server accepts connections."
        default: nil
        }
    }

    /// `… FATAL:  28P01: message` → the code, and the line without it.
    private static func takeState(_ line: Substring) -> (SQLState, String)? {
        let bytes = Array(line.utf8)
        guard bytes.count > 10 else { return nil }
        for start in 0..<(bytes.count - 9) {
            guard bytes[start] == 0x3A, bytes[start + 1] == 0x20, bytes[start + 2] == 0x20, bytes[start + 8] == 0x3A
            else {
                continue
            }
            let code = bytes[(start + 3)..<(start + 8)]
            guard code.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) else { continue }
            let rest = bytes[..<(start + 3)] + bytes[(start + 10)...]
            return (SQLState(String(decoding: code, as: UTF8.self)), String(decoding: rest, as: UTF8.self))
        }
        return nil
    }

    /// `LOCATION:  auth_failed, auth.c:338`, in any language.
    private static func isLocation(_ line: Substring) -> Bool {
        guard let colon = line.lastIndex(of: ":"), line.contains(", "), line.contains(".c:") else { return false }
        return !line[colon...].dropFirst().isEmpty && line[colon...].dropFirst().allSatisfy(\.isNumber)
    }
}

/// An error that libpq found, by its words (fe-connect.c, fe-secure-openssl.c, fe-secure-common.c, fe-auth.c).
private struct ConnectionFinding {
    let sqlState: SQLState
    let hint: String

    /// Nil for a failure that passes by itself: a server that does not answer.
    init?(_ message: String, _ parameters: ConnectionString) {
        guard let known = Self.known.first(where: { message.contains($0.words) }) else { return nil }
        sqlState = known.sqlState
        hint = known.hint(parameters)
    }

    private struct Known {
        let words: String
        let sqlState: SQLState
        let hint: @Sendable (ConnectionString) -> String

        init(_ words: String, _ sqlState: SQLState, _ hint: @escaping @Sendable (ConnectionString) -> String) {
            self.words = words
            self.sqlState = sqlState
            self.hint = hint
        }

        init(_ words: String, _ sqlState: SQLState, _ hint: String) { self.init(words, sqlState) { _ in hint } }
    }

    private static let known = [
        // The server's certificate.
        Known(
            "does not match host name", .invalidAuthorization,
            "Connect by a name that the certificate has, or have a certificate made for this one; host=NAME hostaddr=ADDRESS gives the name and the address apart."
        ),
        Known("certificate verify failed", .invalidAuthorization) { parameters in
            "The server's certificate must be signed by an authority in sslrootcert, and must not have expired; \(opensslCall(parameters)) shows which."
        },
        Known(
            "root certificate file", .configFileError,
            "Put the certificate of the authority that signed the server's there, or name its file: sslrootcert in the connection string, ssl_root_cert in the configuration."
        ),
        Known(
            "host name must be specified", .invalidParameterValue,
            "Name the host as the server's certificate does; hostaddr and a socket have no name."),
        Known(
            "server does not support SSL", .featureNotSupported,
            "Turn ssl on in the server's postgresql.conf; or, where the network is to be trusted, set sslmode to prefer."
        ),
        // The client's certificate, as the server sees it (alerts of RFC 8446, section 6.2, in OpenSSL's words).
        Known(
            "alert certificate expired", .invalidAuthorization,
            "The client's certificate (sslcert) has expired: have a new one made."),
        Known("alert unknown ca", .invalidAuthorization, clientCertificate),
        Known("alert bad certificate", .invalidAuthorization, clientCertificate),
        Known("alert certificate unknown", .invalidAuthorization, clientCertificate),
        Known("alert decrypt error", .invalidAuthorization, clientCertificate),
        Known("alert certificate required", .invalidAuthorization, giveCertificate),
        // The client's files.
        Known("has group or world access", .configFileError) { parameters in
            "Let nobody else read the key (chmod 600 \(parameters["sslkey"] ?? "~/.postgresql/postgresql.key"))."
        },
        Known(
            "but not private key file", .configFileError, "Name the certificate's key: sslkey in the connection string."
        ),
        Known(
            "key values mismatch", .configFileError, "Name the key that belongs to the certificate (sslcert): sslkey."),
        Known(
            "could not load private key file", .configFileError,
            "Check that the file (sslkey) is the certificate's key, and that sslpassword opens it if it is encrypted."),
        Known("private key file", .configFileError, "Name the client's key: sslkey in the connection string."),
        Known("certificate file", .configFileError, "Name the client's certificate: sslcert in the connection string."),
        // Services.
        Known(
            "definition of service", .configFileError,
            "Check the service's name, and the files that define services: PGSERVICEFILE or ~/.pg_service.conf, then pg_service.conf in PGSYSCONFDIR."
        ),
        Known("service file", .configFileError, "Name the file by PGSERVICEFILE, and mend the line that is named."),
        // The parameters.
        Known(
            "channel binding", .invalidAuthorization,
            "Channel binding needs TLS and a SCRAM password; set channel_binding to prefer where the server has neither."
        ),
        Known("requirepeer", .invalidAuthorization, "The socket's server runs as another user than requirepeer names."),
        Known("GSSAPI encryption", .invalidAuthorization, "Get a ticket with kinit, or set gssencmode to prefer."),
        Known("invalid port number", .invalidParameterValue, "Give a port from 1 to 65535."),
        Known("invalid connection option", .invalidParameterValue, mendParameters),
        Known("invalid integer value", .invalidParameterValue, mendParameters),
        Known(
            "could not match", .invalidParameterValue, "Give as many ports and addresses as hosts, or one port for all."
        ),
        Known(" value: \"", .invalidParameterValue, mendParameters),
        Known("invalid SSL protocol version range", .invalidParameterValue, mendParameters),
    ]

    private static let clientCertificate =
        "The server does not accept the client's certificate (sslcert): an authority in its ssl_ca_file must have signed it; certificates in between belong after it in the same file."
    private static let giveCertificate =
        "Give the client's certificate and its key: sslcert and sslkey in the connection string, or postgresql.crt and postgresql.key in ~/.postgresql."
    private static let mendParameters =
        "Mend the connection string; the PostgreSQL manual, 34.1.2, lists what it may hold."

    /// The command that shows a server's certificates and what is wrong with them.
    private static func opensslCall(_ parameters: ConnectionString) -> String {
        func first(_ keyword: String) -> String? {
            parameters[keyword]?.split(separator: ",").first.map { String($0) }
        }
        let host = first("hostaddr") ?? first("host") ?? "HOST"
        let root = parameters["sslrootcert"] ?? "~/.postgresql/root.crt"
        return "openssl s_client -starttls postgres -connect \(host):\(first("port") ?? "5432") -CAfile \(root)"
    }

    /// A password that is missing or wrong. libpq warns of a password file that others may read on standard error alone,
    /// which a service's log may lack (fe-connect.c, passwordFromFile).
    static func passwordHint(_ parameters: ConnectionString) -> String {
        if let path = parameters["passfile"] {
            var status = stat()
            if unsafe stat(path, &status) == 0, status.st_mode & (S_IRWXG | S_IRWXO) != 0 {
                return "The password file is not used since others have access to it (chmod 600 \(path))."
            }
        }
        return "Check the user and the password: connection string, PGPASSWORD or .pgpass."
    }

    /// The hint for the server's 28000 (auth.c); in other languages than English the last line serves.
    static func refusalHint(_ message: String) -> String {
        if message.contains("client certificate") { return giveCertificate }
        if message.contains("certificate authentication failed") {
            return
                "The common name in the client's certificate must be the user's name, or a map in pg_ident.conf must allow it."
        }
        if message.contains("no encryption") {
            return
                "Ask for TLS, which the server's pg_hba.conf may want: sslmode=require, or better verify-full; or let the address in there."
        }
        return "Check the user's name, and that the server's pg_hba.conf lets it in from here."
    }
}
