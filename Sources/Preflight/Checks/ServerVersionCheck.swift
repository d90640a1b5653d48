internal import Catalog
internal import Libpq
internal import Postgres

extension Preflight {
    static let serverVersion = Check("server_version", "Server version", needs: []) {
        examination throws(PostgresError) in
        guard case .connected(let source) = examination.context.source else {
            return .skip("not checked, as the source cannot be read")
        }
        let version = source.serverVersion
        guard version >= oldestVersion else {
            return .fail(
                "the source is older than PostgreSQL 10", found: "\(version)", needed: "10 or later",
                hint: "Logical replication by publications came with PostgreSQL 10; upgrade the source.")
        }
        let service = examination.service.map { ", run by \($0)" } ?? ""
        return .pass("PostgreSQL \(version)\(service)", found: "\(version)\(service)")
    }
}
