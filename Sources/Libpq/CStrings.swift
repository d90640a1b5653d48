internal import Postgres

/// Lends Swift strings as a null-terminated array of C strings, for as long as a call.
enum CStrings {
    /// Throws where a C string would end too early: the server would take a part for the whole.
    static func refuseZeroBytes(in strings: [String?]) throws(PostgresError) {
        guard strings.contains(where: { $0?.utf8.contains(0) == true }) else { return }
        throw PostgresError(
            "a statement or a value holds a zero byte",
            hint: "No text of PostgreSQL can hold one. Write bytes as bytea: '\\x00'.", sqlState: SQLState("22021"))
    }

    static func with<Value>(
        _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        var bytes: [CChar] = []
        var offsets: [Int?] = []
        for string in strings {
            guard let string else {
                offsets.append(nil)
                continue
            }
            offsets.append(bytes.count)
            bytes.append(contentsOf: string.utf8.lazy.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            // An array of nulls alone has no bytes, and then no offset to add either.
            var pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
                guard let offset, let base = buffer.baseAddress else { return nil }
                return unsafe base + offset
            }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
