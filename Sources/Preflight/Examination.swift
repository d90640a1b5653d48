internal import Catalog
internal import Libpq
internal import Postgres

extension Preflight {
    /// What several checks need to know, each asked once.
    final class Examination {
        let context: Context
        /// Nil where the source could not be reached, or is of a version before all that the checks read.
        let source: Connection?
        let shadow: Connection?
        let role: Role?
        /// The service that runs the source; nil where none does.
        let service: ManagedService?
        let identity: ServerIdentity?
        let publication: Publication?
        /// The tables that the publication sends.
        let publishedOIDs: Set<OID>
        let followed: [FollowedTable]

        init(_ context: Context) throws(PostgresError) {
            self.context = context
            if case .connected(let connection) = context.shadow { shadow = connection } else { shadow = nil }
            guard case .connected(let source) = context.source, source.serverVersion >= Preflight.oldestVersion else {
                self.source = nil
                role = nil
                service = nil
                identity = nil
                publication = nil
                publishedOIDs = []
                followed = []
                return
            }
            self.source = source
            role = try source.role()
            service = try source.managedService()
            identity = try Self.identity(of: source)
            publication = try source.publication(context.publication)
            let published = try Self.published(publication, source)
            publishedOIDs = Set(published.keys)
            followed = try Self.followed(context, publication, published, source)
        }

        var canReadSource: Bool { source != nil }

        /// For checks that need the source, which are not run without.
        func readSource() throws(PostgresError) -> Connection {
            guard let source else { throw PostgresError("the source is not connected", sqlState: .connectionException) }
            return source
        }

        /// Who the source is; nil where a service keeps that from its users.
        private static func identity(of source: Connection) throws(PostgresError) -> ServerIdentity? {
            do throws(PostgresError) {
                return try source.serverIdentity()
            } catch {
                guard error.sqlState == .insufficientPrivilege else { throw error }
                return nil
            }
        }

        private static func published(
            _ publication: Publication?, _ source: Connection
        ) throws(PostgresError) -> [OID: PublishedTable] {
            guard let name = publication?.name else { return [:] }
            var published: [OID: PublishedTable] = [:]
            for table in try source.publishedTables(of: [name])[name] ?? [] { published[table.oid] = table }
            // Only the members' rows tell which columns a row filter reads.
            for member in try source.publicationMembers(of: [name])[name] ?? [] {
                published[member.oid]?.filterColumns = member.filterColumns
            }
            return published
        }

        private static func followed(
            _ context: Context, _ publication: Publication?, _ published: [OID: PublishedTable], _ source: Connection
        ) throws(PostgresError) -> [FollowedTable] {
            let all = try source.tables()
            let tables: [Table]
            if !context.tables.isEmpty {
                tables = try source.tables(named: context.tables)
            } else if publication != nil {
                tables = all.filter { published[$0.oid] != nil }
            } else {
                tables = try source.tables(selectedBy: context.selection)
            }
            let leaves = try source.partitionLeaves(of: tables.filter { $0.kind == .partitioned }.map(\.oid))
            let byOID = Dictionary(all.map { ($0.oid, $0) }) { first, _ in first }
            return tables.map { table in
                FollowedTable(
                    table: table, published: published[table.oid],
                    leaves: (leaves[table.oid] ?? []).compactMap { byOID[$0.oid] })
            }
        }
    }

    /// A table that the job is to follow.
    struct FollowedTable {
        let table: Table
        /// Nil where it is not in the publication, and for a partitioned table that is published by its partitions.
        let published: PublishedTable?
        /// The partitions that store its rows.
        let leaves: [Table]

        /// The tables that store its rows: its leaves, or itself.
        var stored: [Table] { table.kind == .partitioned ? leaves : [table] }
    }

    /// The version that logical replication came with.
    static let oldestVersion = ServerVersion(100_000)

    /// Names for people: not more than `limit` of them.
    static func list(_ names: [String], limit: Int = 10) -> String {
        guard names.count > limit else { return names.joined(separator: ", ") }
        return names.prefix(limit).joined(separator: ", ") + " and \(names.count - limit) more"
    }
}
