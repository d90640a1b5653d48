internal import Catalog
internal import Libpq
internal import Postgres
internal import Publisher
internal import Scripts

extension Preflight {
    static let sequences = Check("sequences", "Sequences", needs: .source) { examination throws(PostgresError) in
        // A partition takes its values from the sequence of the table above.
        let oids = Set(examination.followed.flatMap { [$0.table.oid] + $0.leaves.map(\.oid) })
        guard !oids.isEmpty else { return .skip("no table to follow") }
        let sequences = try examination.readSource().read(
            .preflightSequenceRoom, [ArrayText.text(oids.map(\.description))])
        var unreadable: [QualifiedName] = []
        var nearEnd: [SequenceRoom] = []
        for row in sequences.rows {
            let name = try row.qualifiedName()
            if try !row.bool("may_read") { unreadable.append(name) }
            guard let used = try row.optionalDouble("used"), used >= 0.8 else { continue }
            nearEnd.append(try SequenceRoom(name, used: used, row))
        }
        let user = examination.role?.name ?? ""
        let grants = unreadable.map { SourceFix.selectSequence($0, role: user) }
        guard unreadable.isEmpty else {
            return .warn(
                "user \"\(user)\" may not read \(list(unreadable.map(\.description)))",
                found: "\(unreadable.count) of \(count(sequences.rowCount, "sequence")) cannot be read",
                needed: "SELECT on the sequences, which the stream does not carry",
                hint: "They are set in the shadow after the copy and at a stop. Run the statements as their owner or a "
                    + "superuser.", fix: Fix(grants))
        }
        guard nearEnd.isEmpty else {
            let fixes = nearEnd.compactMap(\.wider)
            return .warn(
                "\(count(nearEnd.count, "sequence")) near the end",
                found: list(nearEnd.map(\.description), limit: 5), needed: "less than 80 % handed out",
                hint: fixes.isEmpty
                    ? "Raise MAXVALUE, or let the sequence wrap around, before it ends."
                    : "Widen the columns before the job begins: the statement rewrites the table, blocks all who use it, "
                        + "and a rewrite is not in the stream.",
                fix: Fix(fixes, .sourceByHand))
        }
        return .pass(
            sequences.rowCount == 0 ? "the tables use no sequence" : "room in \(count(sequences.rowCount, "sequence"))",
            found: count(sequences.rowCount, "sequence"))
    }

    /// A sequence that is nearly used up.
    private struct SequenceRoom: CustomStringConvertible {
        let description: String
        /// The statement that makes room, where the column is too narrow.
        let wider: String?

        init(_ name: QualifiedName, used: Double, _ row: Row) throws(PostgresError) {
            let last = try row.optionalString("last_value") ?? "none"
            let type = try row.string("type")
            let column = try row.string("column_name")
            let table = try row.qualifiedName("table")
            let share = Int((used * 100).rounded(.down))
            let end = try row.string("last_possible")
            description =
                "\(name) at \(last) of \(end), \(share) % (\(table).\(QualifiedName.display(column)), \(type))"
            wider =
                type == "integer" || type == "smallint"
                ? "ALTER TABLE \(table.quoted) ALTER COLUMN \(quoteIdentifier(column)) TYPE bigint;" : nil
        }
    }
}
