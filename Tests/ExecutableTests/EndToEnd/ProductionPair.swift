import Foundation
import Libpq
import LocalCluster
import Postgres

/// A source that asks for passwords, as production does, and a shadow beside it, for the program to work between.
final class ProductionPair {
    let source: LocalCluster
    let shadow: LocalCluster
    static let role = "scry_replication"
    /// Of the role.
    static let password = "s3cret of the role"

    /// Both run, with an empty database each.
    init(settings: [String: String], accessRules: String) throws(PostgresError) {
        source = try LocalCluster(.source, settings: settings, listensOnTCP: true, accessRules: accessRules)
        shadow = try LocalCluster(.shadow)
        try source.start()
        try shadow.start()
        try source.createDatabase("shop")
        try shadow.createDatabase("shop")
    }

    enum User { case administrator, role }

    /// Runs a script, or with `arguments` a command, as the administrator through the socket, or as the role by password.
    func run(
        _ script: String = "", _ arguments: [String] = [], as user: User, files: [String: String] = [:]
    ) throws -> ProgramRun {
        var connection = source.connectionString(database: "shop")
        if user == .role { connection = source.connectionString(database: "shop", user: Self.role, overTCP: true) }
        var environment = [
            "PATH": source.programs.directory + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"),
            source.dependentMark.name: source.dependentMark.value,
            "SCRY_BACKFILL_SHADOW": shadow.connectionString(database: "shop").conninfo,
        ]
        if user == .role { environment["PGPASSWORD"] = Self.password }
        let shell = ["-X", "-v", "ON_ERROR_STOP=1", "-f", "script.sql"]
        return try ProgramRun(
            (arguments.isEmpty ? shell : arguments) + ["--source", connection.conninfo], environment: environment,
            files: ["script.sql": script].merging(files) { _, given in given })
    }

    /// A query's rows as text, on both sides.
    func both(_ sql: String) throws(PostgresError) -> (source: [[String?]], shadow: [[String?]]) {
        (try Self.rows(sql, source), try Self.rows(sql, shadow))
    }

    private static func rows(_ sql: String, _ cluster: LocalCluster) throws(PostgresError) -> [[String?]] {
        let result = try cluster.connect(database: "shop").query(sql)
        return (0..<result.rowCount).map { row in (0..<result.columnCount).map { result[row, $0] } }
    }
}
