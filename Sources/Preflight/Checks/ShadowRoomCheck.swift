internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Scripts

extension Preflight {
    static let shadowRoom = Check("shadow_room", "Room for the copy", needs: .source) {
        examination throws(PostgresError) in
        guard examination.context.mode != .cdc else { return .skip("nothing is copied in the mode cdc") }
        guard let shadow = examination.readableShadow else { return .skip("no shadow to examine") }
        var bytes = 0
        for row in try examination.readSource().read(
            .preflightTableRoom, [ArrayText.text(examination.storedOIDs.map(\.description))]
        ).rows { bytes = try row.int("bytes") }
        let size = "the tables take about \(byteText(bytes))"
        let directory = try shadow.settings("data_directory")["data_directory"]?.value
        guard let disk = Disk(of: shadow, dataDirectory: directory) else {
            return .skip(
                "\(size); the free space of the shadow's server is not seen from here", found: byteText(bytes),
                hint: "Make sure that its disk has as much, and as much again for its WAL while the copy runs.")
        }
        let found = "\(byteText(disk.freeBytes)) free"
        guard disk.freeBytes >= bytes else {
            return .fail(
                "\(size), and the shadow has \(found)", found: found, needed: "\(byteText(bytes)) or more",
                hint: "Free or add space on the shadow's disk, or follow fewer tables.")
        }
        guard disk.freeBytes / 3 >= bytes / 2 else {
            return .warn(
                "\(size), and the shadow has only \(found)", found: found,
                needed: "half as much again for its WAL and for sorting indexes",
                hint: "Add space on the shadow's disk, or follow fewer tables.")
        }
        return .pass("\(size), and the shadow has \(found)", found: found)
    }
}
