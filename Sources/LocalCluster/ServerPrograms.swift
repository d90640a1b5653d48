import Glibc
public import Postgres

/// The folder of a PostgreSQL server's programs (`postgres`, `initdb`, and with them `pg_dump` and `psql`).
public struct ServerPrograms: Hashable, Sendable {
    /// An absolute path.
    public let directory: String

    /// Takes `directory` where one is given; else finds the newest server of Debian's packages
    /// (`/usr/lib/postgresql/MAJOR/bin`), else one on `PATH`.
    ///
    /// Throws where there is no server, with the name of the package to install.
    public init(directory: String? = nil) throws(PostgresError) {
        if let directory {
            guard Self.isServer(directory) else {
                throw PostgresError(
                    "no PostgreSQL server in \"\(directory)\"",
                    hint: "Name a folder that has the programs postgres and initdb.", sqlState: .undefinedFile)
            }
            self.init(found: directory)
            return
        }
        let onPath = Self.environment("PATH")?.split(separator: ":").map(String.init) ?? []
        try self.init(searching: Self.debianDirectories() + onPath)
    }

    /// Takes the first of `directories` that has a server.
    init(searching directories: [String]) throws(PostgresError) {
        guard let found = directories.first(where: Self.isServer) else {
            throw PostgresError(
                "no PostgreSQL server is installed on this machine",
                detail: "Neither /usr/lib/postgresql/*/bin nor PATH has the programs postgres and initdb.",
                hint: "Install Debian's package \"postgresql\": apt-get install -y postgresql", sqlState: .undefinedFile
            )
        }
        self.init(found: found)
    }

    private init(found directory: String) { self.directory = directory }

    public func path(_ program: String) -> String { directory + "/" + program }

    /// When the server program was installed; a template made by another build of it is not used.
    var buildTime: Int {
        var status = stat()
        return unsafe stat(path("postgres"), &status) == 0 ? status.st_mtim.tv_sec : 0
    }

    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }

    /// PostgreSQL's own variables (PGDATA, PGPORT, PGOPTIONS …) and the user's locale must not reach a private server.
    static var environment: [String: String] {
        ["PATH": environment("PATH") ?? "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]
    }

    private static func isServer(_ directory: String) -> Bool {
        guard directory.hasPrefix("/") else { return false }
        return ["postgres", "initdb"].allSatisfy { unsafe access("\(directory)/\($0)", X_OK) == 0 }
    }

    /// The newest first.
    private static func debianDirectories() -> [String] {
        let root = "/usr/lib/postgresql"
        guard let listing = unsafe opendir(root) else { return [] }
        defer { unsafe closedir(listing) }
        var versions: [Int] = []
        while let entry = unsafe readdir(listing) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let version = Int(name) { versions.append(version) }
        }
        return versions.sorted(by: >).map { "\(root)/\($0)/bin" }
    }
}
