internal import Pgoutput

/// Where a message stands in the buffer that was given, for the errors of what decodes well and yet may not come.
struct MessagePlace {
    let offset: Int
    let length: Int

    func fault(_ message: StaticString, expected: String, found: String) -> DecodingError {
        DecodingError(message: message.description, offset: offset, length: length, expected: expected, found: found)
    }
}
