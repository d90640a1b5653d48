public import Postgres
internal import Scripts

extension CatalogReader {
    /// As PostgreSQL names the encoding of the database; nil where a pooler does not report it.
    public var serverEncoding: String? { parameterStatus("server_encoding") }

    /// The characters of a text that the encoding of this database lacks. In a transaction, a savepoint keeps the
    /// transaction usable.
    public func charactersNotHeld(of text: String) throws(PostgresError) -> Set<Unicode.Scalar> {
        // Unicode has all of them; a database of no encoding takes any bytes.
        if ["UTF8", "SQL_ASCII"].contains(serverEncoding) { return [] }
        let candidates = Set(text.unicodeScalars.filter { !$0.isASCII })
        guard !candidates.isEmpty else { return [] }
        var all = ""
        all.unicodeScalars.append(contentsOf: candidates)
        if try holds(all) { return [] }
        var missing: Set<Unicode.Scalar> = []
        for candidate in candidates where try !holds(String(candidate)) { missing.insert(candidate) }
        return missing
    }

    private func holds(_ text: String) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            try readApart(.catalogText, [text])
            return true
        } catch  where error.sqlState == .untranslatableCharacter {
            return false
        }
    }
}
