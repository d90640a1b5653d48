internal import Libpq
internal import Postgres
internal import Scripts

extension DescribeRequest {
    func listPublications() throws(PostgresError) -> [DescribeResult] {
        let parameters = [try objectPattern(parts: 1).name]
        var columns = ["Owner", "All tables", "Inserts", "Updates", "Deletes"]
        if version >= 110000 { columns.append("Truncates") }
        if version >= 130000 { columns.append("Via root") }
        guard isVerbose else {
            return try list(
                .describePublications, parameters, title: "List of publications", columns: ["Name"] + columns)
        }

        guard let found = try query(.describePublications, parameters) else { return [] }
        if found.rowCount == 0 && !isQuiet {
            return [
                .refused(
                    pattern.map { "Did not find any publication named \"\($0)\"." }
                        ?? "Did not find any publications.")
            ]
        }
        var results: [DescribeResult] = []
        for row in 0..<found.rowCount {
            var table = ArrayTable(
                title: "Publication \(found.text(row, "Name"))", columns: columns.map { PrintColumn($0) })
            table.append(columns.map { found.text(row, $0) })
            if !found.flag(row, "All tables") { table.footers = try publicationFooters(found.text(row, "oid")) }
            results.append(.table(DescribeTable(table: table)))
        }
        return results
    }

    private func publicationFooters(_ oid: String) throws(PostgresError) -> [String] {
        var lines: [String] = []
        let script = version >= 150000 ? ReadScript.describePublicationTables : .describePublicationTables14
        if let tables = try query(script, [oid]), tables.rowCount > 0 {
            lines.append("Tables:")
            for row in 0..<tables.rowCount {
                var line = "    \"\(tables.text(row, "nspname")).\(tables.text(row, "relname"))\""
                if let columns = tables.value(row, "columns") { line += " (\(columns))" }
                if let filter = tables.value(row, "filter") { line += " WHERE \(filter)" }
                lines.append(line)
            }
        }
        if version >= 150000, let schemas = try query(.describePublicationSchemas, [oid]), schemas.rowCount > 0 {
            lines.append("Tables from schemas:")
            for row in 0..<schemas.rowCount { lines.append("    \"\(schemas.text(row, "nspname"))\"") }
        }
        return lines
    }

    func listSubscriptions() throws(PostgresError) -> [DescribeResult] {
        var columns = ["Name", "Owner", "Enabled", "Publication"]
        if isVerbose {
            if version >= 140000 { columns += ["Binary", "Streaming"] }
            if version >= 150000 { columns += ["Two-phase commit", "Disable on error"] }
            columns += ["Synchronous commit", "Conninfo"]
            if version >= 150000 { columns.append("Skip LSN") }
        }
        return try list(
            isVerbose ? .describeSubscriptionsVerbose : .describeSubscriptions, [try objectPattern(parts: 1).name],
            title: "List of subscriptions", columns: columns)
    }

    func listExtensions() throws(PostgresError) -> [DescribeResult] {
        let parameters = [try objectPattern(parts: 1).name]
        guard isVerbose else {
            return try list(
                .describeExtensions, parameters, title: "List of installed extensions",
                columns: ["Name", "Version", "Schema", "Description"])
        }
        guard let found = try query(.describeExtensions, parameters) else { return [] }
        if found.rowCount == 0 && !isQuiet {
            return [
                .refused(
                    pattern.map { "Did not find any extension named \"\($0)\"." } ?? "Did not find any extensions.")
            ]
        }
        var results: [DescribeResult] = []
        for row in 0..<found.rowCount {
            let name = found.text(row, "Name")
            results += try list(
                .describeExtensionObjects, [name], title: "Objects in extension \"\(name)\"",
                columns: ["Object description"])
        }
        return results
    }
}
