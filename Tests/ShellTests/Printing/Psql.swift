import Glibc
import Libpq
import LocalCluster
import Postgres
import Testing

/// The installed psql, whose output is the yardstick.
@safe struct Psql {
    let path: String
    let database: ConnectionString

    /// psql 15.20 is the yardstick, and every later 15 is to print the same; an older one prints some tables otherwise, and
    /// with other servers the comparison is left out.
    static let isYardstick =
        (try? SharedCluster.cluster().connect().serverVersion).map { 150020..<160000 ~= $0.number } ?? false

    init(_ database: TestDatabase) {
        path = database.cluster.programs.path("psql")
        self.database = database.connectionString
    }

    /// What psql prints for each script, all run by one psql; standard error goes to standard output.
    func output(of scripts: [String]) throws -> [String] {
        let mark = "=== next script ==="
        let name = "/tmp/psql-\(getpid())-\(UInt64.random(in: 0...(.max))).sql"
        let descriptor = unsafe open(name, O_CREAT | O_EXCL | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        defer { unsafe unlink(name) }
        var text = scripts.joined(separator: "\n\\echo '\(mark)'\n") + "\n"
        text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let count = unsafe write(descriptor, bytes.baseAddress! + written, bytes.count - written)
                if count <= 0 { break }
                written += count
            }
        }
        close(descriptor)

        let keys = ["host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"]
        let settings = keys.compactMap { key, variable in
            database.parameters[key].map { "\(variable)='\($0)'" }
        }
        let command =
            "env -u PSQL_PAGER -u PAGER -u COLUMNS LC_ALL=C.UTF-8 \(settings.joined(separator: " ")) "
            + "'\(path)' -X -q -f '\(name)' 2>&1"
        let opened = unsafe popen(command, "r")
        let stream = try unsafe #require(opened)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&chunk, 1, chunk.count, stream)
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        unsafe pclose(stream)
        let output = String(decoding: bytes, as: UTF8.self)
        return output.split(separator: mark + "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
