internal import Catalog

/// The findings of a proof of the schema: the document of `\verify --schema --json`.
public struct SchemaReport: Encodable, Sendable {
    /// A difference, with the reason where it is meant.
    public struct Entry: Encodable, Sendable {
        /// The table that it concerns, or another object that the tables need.
        public let table: String
        /// In the words of `pg_identify_object`.
        public let type: String
        public let identity: String
        /// `missing`, `only in the shadow`, or the fact that differs: `definition`, `type`, `comment`.
        public let what: String
        /// Null where the side has none.
        public let source: String?
        public let shadow: String?
        public let meant: Bool
        /// Why it is meant; null where it is not.
        public let reason: String?

        init(_ difference: SchemaDifference, reason: String?) {
            table = difference.root.name
            type = difference.identity.type
            identity = difference.identity.name
            what = difference.what
            source = difference.source
            shadow = difference.shadow
            meant = reason != nil
            self.reason = reason
        }

        private enum CodingKeys: String, CodingKey {
            case table, type, identity, what, source, shadow, meant, reason
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(table, forKey: .table)
            try container.encode(type, forKey: .type)
            try container.encode(identity, forKey: .identity)
            try container.encode(what, forKey: .what)
            try container.encode(source, forKey: .source)
            try container.encode(shadow, forKey: .shadow)
            try container.encode(meant, forKey: .meant)
            try container.encode(reason, forKey: .reason)
        }
    }

    /// How many objects were compared, columns included.
    public let objects: Int
    public let differences: [Entry]
    /// Tables are still to be copied: their keys and indexes come after their rows.
    public let isCopying: Bool

    /// Only meant differences were found.
    public var passed: Bool { differences.allSatisfy(\.meant) }

    init(objects: Int, differences: [Entry], isCopying: Bool) {
        self.objects = objects
        self.differences = differences
        self.isCopying = isCopying
    }

    private enum CodingKeys: String, CodingKey {
        case passed, objects, differences
        case isCopying = "copying"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(passed, forKey: .passed)
        try container.encode(objects, forKey: .objects)
        try container.encode(differences, forKey: .differences)
        try container.encode(isCopying, forKey: .isCopying)
    }
}
