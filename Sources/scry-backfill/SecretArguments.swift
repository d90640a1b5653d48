import Glibc

/// Takes passwords out of this process's title: the arguments' memory is what ps(1) shows.
enum SecretArguments {
    /// Overwrites in place; whoever needs an argument must have copied it.
    static func blank() {
        for index in 1..<max(Int(CommandLine.argc), 1) {
            // The vector has argc entries, each a C string that the process may write to (C standard, 5.1.2.2.1).
            guard let pointer = unsafe CommandLine.unsafeArgv[index] else { continue }
            let length = unsafe strlen(pointer)
            let bytes = unsafe UnsafeMutableRawBufferPointer(start: pointer, count: length)
            let redacted = unsafe redact(Array(bytes))
            guard redacted.count <= length else { continue }
            unsafe bytes.copyBytes(from: redacted + [UInt8](repeating: 0, count: length - redacted.count))
        }
    }

    /// The same text with a star for each password of a connection string: the value of `password=` (or `sslpassword=`),
    /// quoted or not, and what stands between `:` and `@` in a URI. Never longer.
    static func redact(_ argument: [UInt8]) -> [UInt8] {
        var redacted = argument
        for range in secrets(in: argument).sorted(by: { $0.lowerBound > $1.lowerBound }) where !range.isEmpty {
            redacted.replaceSubrange(range, with: [UInt8(ascii: "*")])
        }
        return redacted
    }

    private static func secrets(in bytes: [UInt8]) -> [Range<Int>] {
        let isURI = bytes.firstRange(of: Array("://".utf8)) != nil
        var found: [Range<Int>] = []
        let word = Array("password".utf8)
        var start = 0
        while let match = bytes[start...].firstRange(of: word) {
            start = match.upperBound
            var position = skipSpaces(bytes, match.upperBound)
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { continue }
            position = skipSpaces(bytes, position + 1)
            let end = endOfValue(bytes, position, isURI: isURI)
            found.append(position..<end)
            start = end
        }
        if isURI, let secret = uriPassword(bytes), !found.contains(where: { $0.overlaps(secret) }) {
            found.append(secret)
        }
        return found
    }

    private static func skipSpaces(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[start...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
    }

    /// A value ends at white space, in quotes at the second quote; a backslash takes the next byte along (fe-connect.c,
    /// conninfo_parse). In a URI it ends at `&`.
    private static func endOfValue(_ bytes: [UInt8], _ start: Int, isURI: Bool) -> Int {
        guard start < bytes.count else { return start }
        if isURI { return bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count }
        let quoted = bytes[start] == UInt8(ascii: "'")
        var position = quoted ? start + 1 : start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "'") where quoted: return position + 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"):
                if !quoted { return position }
            default: break
            }
            position += 1
        }
        return bytes.count
    }

    /// `scheme://user:SECRET@host`, up to the last `@`, so that one in the password does not cut it short.
    private static func uriPassword(_ bytes: [UInt8]) -> Range<Int>? {
        guard let scheme = bytes.firstRange(of: Array("://".utf8)) else { return nil }
        let authority = bytes[scheme.upperBound...]
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
            let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return colon + 1..<at
    }
}
