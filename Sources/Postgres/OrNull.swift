/// A value of a JSON document that may be missing: written as null then, so that every document of a kind has the same
/// keys and a reader need not ask which are there.
struct OrNull<Value: Encodable & Sendable>: Encodable, Sendable {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
