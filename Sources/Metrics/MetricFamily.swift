/// A metric, as Prometheus knows one: a name, what it means, and its values.
public struct MetricFamily: Hashable, Sendable {
    public enum Kind: String, Sendable {
        /// Only grows, from 0 when the process starts.
        case counter
        /// Goes up and down.
        case gauge
    }

    public struct Label: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public struct Sample: Hashable, Sendable {
        public let labels: [Label]
        public let value: Double
    }

    /// In Prometheus' conventions: the unit last, in its base form (`_bytes`, `_seconds`), a counter with `_total`.
    public let name: String
    /// A sentence.
    public let help: String
    public let kind: Kind
    public private(set) var samples: [Sample] = []

    public init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// With one value and no label; nil gives none, for what is not known.
    public init(_ name: String, _ kind: Kind, _ help: String, _ value: Double?) {
        self.init(name, kind, help)
        if let value { add(value) }
    }

    public mutating func add(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
        samples.append(Sample(labels: labels.map { Label(name: $0.key, value: $0.value) }, value: value))
    }
}
