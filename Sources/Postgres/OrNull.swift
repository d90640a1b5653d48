/// A value of a JSON document that may be missing: written as null then, so that every document of a kind has the same
/// keys and a reader need not ask which are there. Read, a key that is not there is null too.
@propertyWrapper public struct OrNull<Value: Sendable>: Sendable {
    public var wrappedValue: Value?
    public var value: Value? { wrappedValue }

    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }
    public init(_ value: Value?) { wrappedValue = value }
}

extension OrNull: Equatable where Value: Equatable {}
extension OrNull: Hashable where Value: Hashable {}

extension OrNull: Encodable where Value: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension OrNull: Decodable where Value: Decodable {
    public init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Value?.self)
    }
}

extension KeyedDecodingContainer {
    /// Chosen before the general one for a property of this kind.
    public func decode<Value: Decodable>(_ type: OrNull<Value>.Type, forKey key: Key) throws -> OrNull<Value> {
        OrNull(try decodeIfPresent(Value.self, forKey: key))
    }
}
