internal import Pgoutput

/// Where a message stands in the buffer that was given, for errors about a message that decodes well but may not come
/// there.
struct MessagePlace {
    let offset: Int
    let length: Int

    func fault(_ message: StaticString, expected: String, found: String) -> DecodingError {
        DecodingError(message: message.description, offset: offset, length: length, expected: expected, found: found)
    }
}
