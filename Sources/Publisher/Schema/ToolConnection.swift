internal import Catalog
internal import Libpq
internal import Postgres

/// How pg_dump gets the source's connection parameters. Everybody on the machine can read a program's arguments, so
/// that secrets go other ways: the password by the environment, all others, which have no variable, by a service file
/// for this one call.
struct ToolConnection {
    /// A connection string without secrets.
    let argument: String
    let environment: [String: String]
    /// Goes with this value.
    private let services: ScratchFile?

    /// - Parameter session: a session on the same source; what a service of the user's own gives is taken from it.
    init(to source: ConnectionString, as session: Source) throws(PostgresError) {
        var parameters = source.fixed(as: "schema")
        var environment: [String: String] = [:]
        let secrets = ConnectionString.secrets.subtracting(["password"]).sorted()
        if secrets.contains(where: { parameters[$0] != nil }) {
            parameters = session.effectiveParameters.merging(parameters.parameters)
            var lines = "[\(Self.service)]\n"
            for keyword in secrets {
                guard let value = parameters[keyword] else { continue }
                guard !value.contains(where: \.isNewline) else {
                    throw PostgresError(
                        "the source's \(keyword) has a line break",
                        hint: "Choose another one: a service file, by which pg_dump gets it, cannot hold it.",
                        sqlState: .invalidParameterValue)
                }
                lines += "\(keyword)=\(value)\n"
                parameters[keyword] = nil
            }
            let file = try ScratchFile()
            try file.write(lines)
            services = file
            parameters["service"] = nil
            environment["PGSERVICEFILE"] = file.path
        } else {
            services = nil
        }
        // The options stay, as the database's or the role's own settings would change what pg_dump writes. The encoding
        // is given as an argument.
        parameters["client_encoding"] = nil
        if let password = parameters["password"] { environment["PGPASSWORD"] = password }
        parameters["password"] = nil
        parameters = parameters.withoutDefaults()
        if services != nil { parameters["service"] = Self.service }
        argument = parameters.conninfo
        self.environment = environment
    }

    private static let service = "scry-backfill-source"
}
