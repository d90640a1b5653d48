internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

// Both sessions of the job speak UTF8, so that each server translates between UTF8 and its own encoding and refuses
// characters that its encoding lacks; only SQL_ASCII translates nothing and takes all bytes (manual, 24.3).
extension Preflight {
    static let encoding = Check("encoding", "Encodings", needs: .source) { examination throws(PostgresError) in
        guard let source = try examination.readSource().parameterStatus("server_encoding") else {
            return .skip("the source does not report its encoding")
        }
        guard let connection = examination.readableShadow,
            let shadow = connection.parameterStatus("server_encoding")
        else {
            return source == "SQL_ASCII"
                ? .warn(
                    "the source does not know the encoding of its text", found: source, needed: "a known encoding",
                    hint: "A shadow that is made with ENCODING 'SQL_ASCII' takes any bytes.")
                : .pass("the source is encoded in \(source)", found: source)
        }
        let found = "source \(source), shadow \(shadow)"
        switch (source, shadow) {
        case ("SQL_ASCII", "SQL_ASCII"):
            return .warn(
                "bytes are copied as they are, as neither database knows an encoding", found: found,
                needed: "a known encoding",
                hint: "What is not of one encoding stays so; a move to UTF8 needs the text to be mended first.")
        case ("SQL_ASCII", _):
            return .fail(
                "the source's text is of no known encoding, and the shadow takes only \(shadow)", found: found,
                needed: "a shadow of encoding SQL_ASCII",
                hint: "Make the shadow's database anew; any byte that is no \(shadow) would stop the job.",
                fix: Fix(
                    [
                        "CREATE DATABASE \(quoteIdentifier(connection.database + "_ascii")) TEMPLATE template0 "
                            + "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C';"
                    ], .shadow))
        case (_, "SQL_ASCII"):
            return .warn(
                "the shadow does not know the encoding of its text", found: found,
                needed: source == "UTF8" ? "encoding UTF8" : "encoding \(source) or UTF8",
                hint: "It stores the bytes of UTF8, but counts and compares bytes, not characters. Make the shadow's "
                    + "database with ENCODING 'UTF8'.")
        case (shadow, _), (_, "UTF8"):
            return .pass(found, found: found)
        default:
            if let fault = try namesNotHeld(examination, by: connection, found: found) { return fault }
            return .warn(
                "\(shadow) cannot hold all characters of \(source)", found: found,
                needed: source == "UTF8" ? "encoding UTF8" : "encoding \(source) or UTF8",
                hint:
                    "A character that the shadow lacks stops the job. Make the shadow's database with ENCODING 'UTF8'.")
        }
    }

    /// A fault where the shadow's encoding lacks characters of names, labels, comments or definitions: what bears them could
    /// not be made there.
    private static func namesNotHeld(
        _ examination: Examination, by shadow: any CatalogReader, found: String
    ) throws(PostgresError) -> Outcome? {
        let source = try examination.readSource()
        var names: [(what: String, text: String)] = [
            ("database \(QualifiedName.display(source.database))", source.database),
            ("publication \(QualifiedName.display(examination.context.publication))", examination.context.publication),
        ]
        let tables = Set(examination.followed.map(\.table.oid)).union(examination.storedOIDs)
        let oids = "{" + tables.map(\.description).sorted().joined(separator: ",") + "}"
        for row in try source.read(.preflightNamesNotAscii, [oids]).rows {
            names.append((try row.string("what"), try row.string("text")))
        }
        let missing = try shadow.charactersNotHeld(of: names.map(\.text).joined())
        let faults = names.filter { !missing.isDisjoint(with: $0.text.unicodeScalars) }.map(\.what)
        guard !faults.isEmpty else { return nil }
        let encoding = shadow.serverEncoding ?? ""
        return .fail(
            "\(encoding) lacks characters of \(faults.count == 1 ? "a name" : "\(faults.count) names") of the source: "
                + list(faults), found: found, needed: "encoding UTF8",
            hint: "Make the shadow's database anew with ENCODING 'UTF8', or rename them on the source.",
            fix: Fix(
                [
                    "CREATE DATABASE \(quoteIdentifier(shadow.database + "_utf8")) TEMPLATE template0 "
                        + "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';"
                ], .shadow))
    }
}
