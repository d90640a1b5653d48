public import Catalog
internal import Job
public import Libpq
public import Postgres
internal import Subscriber

/// How fast the WAL of a source grows, and what each slot retains, between an earlier sample and a present one.
public struct WALGrowth: Sendable, Hashable {
    /// Seconds between the two samples.
    public let seconds: Double
    /// The earlier sample was the engine's.
    public let isFromEngine: Bool
    /// Bytes a second that the server writes.
    public let serverRate: Double
    /// Bytes a second by which each slot retains more; negative where it catches up. By name.
    public let slotRates: [String: Double]

    init?(_ earlier: WALSample, _ state: WALState, _ slots: [ReplicationSlot], isFromEngine: Bool) {
        let seconds = state.taken - earlier.taken
        guard seconds > 0 else { return nil }
        self.seconds = seconds
        self.isFromEngine = isFromEngine
        serverRate = Double(state.position.distance(from: earlier.position)) / seconds
        var rates: [String: Double] = [:]
        for slot in slots {
            guard let retained = slot.retainedBytes, let before = earlier.retained[slot.name] else { continue }
            rates[slot.name] = Double(retained - before) / seconds
        }
        slotRates = rates
    }

    /// How far back the engine's samples are used, in seconds.
    private static let window = 300.0

    /// Samples the source, and compares with the engine's samples of the last five minutes; where there are none, with a sample
    /// of its own one second before.
    ///
    /// - Parameter shadow: where the engine keeps its samples; nil where it cannot be reached.
    /// - Throws: the source's error, or the interruption.
    public static func measure(
        source: any CatalogReader, shadow: Connection?, slot: String, interrupt: Interrupt
    ) throws(PostgresError) -> (slots: [ReplicationSlot], state: WALState, growth: WALGrowth?) {
        let (first, slots) = (try source.walState(), try source.replicationSlots())
        if let shadow {
            // Samples that the shadow does not have now are taken here.
            let samples = try? JobStore(Shadow(shadow), slot: slot).samples(since: first.taken - window)
            if let oldest = samples?.first(where: { $0.taken < first.taken - 0.5 && $0.position <= first.position }) {
                return (slots, first, WALGrowth(oldest, first, slots, isFromEngine: true))
            }
        }
        if Wait.poll([], interrupt: interrupt, milliseconds: 1000) == .interrupted {
            interrupt.clear()
            throw Interrupt.error
        }
        let (second, later) = (try source.walState(), try source.replicationSlots())
        return (
            later, second,
            WALGrowth(WALSample(first, slots, level: .normal, of: nil), second, later, isFromEngine: false)
        )
    }
}

extension WALSample {
    init(_ state: WALState, _ slots: [ReplicationSlot], level: WALLevel, of own: ReplicationSlot?) {
        var retained: [String: Int] = [:]
        for slot in slots { retained[slot.name] = slot.retainedBytes }
        self.init(
            taken: state.taken, position: state.position, level: level, walStatus: own?.walStatus?.rawValue,
            safeWALSize: own?.safeWALSize, retained: retained)
    }
}
