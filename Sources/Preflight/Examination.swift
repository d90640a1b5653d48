internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    /// Facts that several checks need, each asked once.
    final class Examination {
        let context: Context
        /// Nil where the source could not be reached, or is of a version before all that the checks read.
        let source: (any CatalogReader)?
        let shadow: (any CatalogReader)?
        let role: Role?
        /// The service that runs the source; nil where none does.
        let service: ManagedService?
        let identity: ServerIdentity?
        /// The source's settings that any check reads.
        let settings: [String: Setting]
        let publication: Publication?
        /// The tables that the publication sends.
        let publishedOIDs: Set<OID>
        /// All tables of the source that are not the system's own.
        let allTables: [Table]
        let followed: [FollowedTable]

        private var knownSlots: [ReplicationSlot]?
        private var knownSenders: Usage?
        private var knownProbe: ReplicationProbe?
        private var knownShadowRole: Role?
        private var knownShadowIdentity: ServerIdentity?

        init(_ context: Context) throws(PostgresError) {
            self.context = context
            if case .connected(let connection) = context.shadow { shadow = connection } else { shadow = nil }
            guard case .connected(let source) = context.source, source.serverVersion >= Preflight.oldestVersion else {
                self.source = nil
                role = nil
                service = nil
                identity = nil
                settings = [:]
                publication = nil
                publishedOIDs = []
                allTables = []
                followed = []
                return
            }
            self.source = source
            role = try source.role()
            service = try source.managedService()
            identity = try Self.identity(of: source)
            settings = try source.settings(
                "wal_level", "max_replication_slots", "max_wal_senders", "max_slot_wal_keep_size", "max_wal_size",
                "idle_replication_slot_timeout", "data_directory")
            publication = try source.publication(context.publication)
            let published = try Self.published(publication, source)
            publishedOIDs = Set(published.keys)
            allTables = try source.tables()
            followed = try Self.followed(context, publication, published, allTables, source)
        }

        var canReadSource: Bool { source != nil }

        /// The shadow, where there is one of a version that the checks can read.
        var readableShadow: (any CatalogReader)? {
            shadow.flatMap { $0.serverVersion >= Preflight.oldestVersion ? $0 : nil }
        }

        /// The tables that are followed and those that store their rows, each once.
        var storedOIDs: [OID] {
            Set(followed.flatMap { $0.stored.map(\.oid) }).sorted { $0.value < $1.value }
        }

        /// For checks that need the source, which are not run without it.
        func readSource() throws(PostgresError) -> any CatalogReader {
            guard let source else { throw PostgresError("the source is not connected", sqlState: .connectionException) }
            return source
        }

        /// A setting of the source that is a count.
        func limit(_ name: String) throws(PostgresError) -> Int {
            guard let value = settings[name].flatMap({ Int($0.value) }) else {
                throw PostgresError("the server does not report \(name)", sqlState: .undefinedObject)
            }
            return value
        }

        func slots() throws(PostgresError) -> [ReplicationSlot] {
            if let knownSlots { return knownSlots }
            let slots = try readSource().replicationSlots()
            knownSlots = slots
            return slots
        }

        func walSenders() throws(PostgresError) -> Usage {
            if let knownSenders { return knownSenders }
            var used = 0
            for row in try readSource().read(.preflightWalSenders).rows { used = try row.int("used") }
            let usage = Usage(total: try limit("max_wal_senders"), used: used)
            knownSenders = usage
            return usage
        }

        func probe() throws(PostgresError) -> ReplicationProbe {
            if let knownProbe { return knownProbe }
            let probe = try ReplicationProbe(of: readSource(), walSenders(), role)
            knownProbe = probe
            return probe
        }

        func role(of shadow: any CatalogReader) throws(PostgresError) -> Role {
            if let knownShadowRole { return knownShadowRole }
            let role = try shadow.role()
            knownShadowRole = role
            return role
        }

        func identity(ofShadow shadow: any CatalogReader) throws(PostgresError) -> ServerIdentity {
            if let knownShadowIdentity { return knownShadowIdentity }
            let identity = try shadow.serverIdentity()
            knownShadowIdentity = identity
            return identity
        }

        /// The source's identity; nil where a service keeps it from its users.
        private static func identity(of source: any CatalogReader) throws(PostgresError) -> ServerIdentity? {
            do throws(PostgresError) {
                return try source.serverIdentity()
            } catch {
                guard error.sqlState == .insufficientPrivilege else { throw error }
                return nil
            }
        }

        private static func published(
            _ publication: Publication?, _ source: any CatalogReader
        ) throws(PostgresError) -> [OID: PublishedTable] {
            guard let name = publication?.name else { return [:] }
            var published: [OID: PublishedTable] = [:]
            for table in try source.publishedTables(of: [name])[name] ?? [] where !table.name.isState {
                published[table.oid] = table
            }
            // Only the members' rows say which columns a row filter reads.
            for member in try source.publicationMembers(of: [name])[name] ?? [] {
                published[member.oid]?.filterColumns = member.filterColumns
            }
            return published
        }

        private static func followed(
            _ context: Context, _ publication: Publication?, _ published: [OID: PublishedTable], _ all: [Table],
            _ source: any CatalogReader
        ) throws(PostgresError) -> [FollowedTable] {
            let tables: [Table]
            if !context.tables.isEmpty {
                tables = try source.tables(named: context.tables)
            } else if publication != nil {
                tables = all.filter { published[$0.oid] != nil }
            } else {
                tables = context.selection.publishable(all)
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
}
