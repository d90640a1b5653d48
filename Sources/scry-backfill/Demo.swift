import Catalog
import Glibc
import Libpq
import LocalCluster
import Postgres
import Scripts

/// A private source with the rows and the traffic of a small shop, and an empty shadow.
///
/// Both end with this object or with the process, however it ends, and with them an engine that was started meanwhile: it
/// inherits the shadow's mark (see `LocalCluster.dependentMark`).
final class Demo {
    private var source: LocalCluster?
    private var shadow: LocalCluster?
    private let traffic: DemoTraffic
    let sourceParameters: ConnectionString
    let shadowParameters: ConnectionString
    /// Commands to type, in three lines.
    let greeting: [String]

    /// The folders of both servers, for a person who keeps them.
    let places: String

    private static let database = "shop"

    /// Starts both servers, a few seconds for the first time and about two later on.
    ///
    /// Throws where no server is installed, with the package to install.
    static func start(keepingFolders: Bool) async throws(PostgresError) -> Demo {
        leaveTheUsersServers()
        async let startedShadow = result("shadow") { () throws(PostgresError) in try emptyServer(.shadow) }
        async let startedSource = result("source") { () throws(PostgresError) in
            let source = try emptyServer(.source)
            try fill(source)
            return source
        }
        let (source, shadow) = (await startedSource, await startedShadow)
        return try Demo(source: try source.get(), shadow: try shadow.get(), keepingFolders: keepingFolders)
    }

    private init(source: LocalCluster, shadow: LocalCluster, keepingFolders: Bool) throws(PostgresError) {
        self.source = source
        self.shadow = shadow
        sourceParameters = source.connectionString(database: Self.database)
        shadowParameters = shadow.connectionString(database: Self.database)
        // libpq's threads read the environment; so this comes before the first of them.
        unsafe setenv(shadow.dependentMark.name, shadow.dependentMark.value, 1)
        // pg_dump must be no older than the source, so its own comes first.
        let path = unsafe getenv("PATH").map { unsafe ":" + String(cString: $0) } ?? ""
        unsafe setenv("PATH", source.programs.directory + path, 1)
        // The engine's log goes with the demo.
        unsafe setenv("XDG_STATE_HOME", shadow.folder, 1)
        let version = try source.connect().serverVersion
        greeting = [
            "A private source (PostgreSQL \(version)) with 110,000 rows and live traffic, and an empty shadow. Try",
            "    \\check  \\publish users orders  \\backfill start  \\backfill wait caught-up  \\backfill status",
            "then \\use shadow and SELECT count(*) FROM orders; \\? lists the commands, \\q leaves and removes both.",
        ]
        if keepingFolders {
            try source.keepFolder()
            try shadow.keepFolder()
        }
        places = """
            The source is kept in \(source.folder), the shadow in \(shadow.folder).
            To run one again: \(source.programs.path("pg_ctl")) -D FOLDER/data start
            """
        traffic = try DemoTraffic(sourceParameters.merging(["application_name": "shop"]))
    }

    /// Ends traffic, engine and servers, in this order: an engine stops at a committed point while both servers run.
    func end() {
        traffic.stop()
        shadow = nil
        source = nil
    }

    private static func emptyServer(_ role: LocalCluster.Role) throws(PostgresError) -> LocalCluster {
        let server = try LocalCluster(role, settings: ["shared_buffers": "64MB"], storage: .disk)
        try server.start()
        try server.createDatabase(database)
        return server
    }

    private static func fill(_ source: LocalCluster) throws(PostgresError) {
        let connection = try source.connect(database: database)
        try connection.transaction { () throws(PostgresError) in
            for script in [Script.demoSchema, .demoData, .demoKeys] { try connection.query(script) }
        }
    }

    /// The user's variables for libpq (PGHOSTADDR, PGOPTIONS, PGSERVICE …) must not lead the demo to other servers.
    private static func leaveTheUsersServers() {
        var names: [String] = []
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let name = unsafe String(cString: text).prefix { $0 != "=" }
            if name.hasPrefix("PG") { names.append(String(name)) }
            unsafe entry += 1
        }
        for name in names { unsafe unsetenv(name) }
    }

    /// Work on a thread of its own, with its error as a value, which `async let` can carry.
    private static func result(
        _ name: String, _ work: @escaping @Sendable () throws(PostgresError) -> LocalCluster
    ) async -> Result<LocalCluster, PostgresError> {
        do throws(PostgresError) {
            return .success(try await onThread(name) { _ throws(PostgresError) in try work() })
        } catch {
            return .failure(error)
        }
    }
}
