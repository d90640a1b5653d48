public import Postgres

/// The answer to a walsender: how far its WAL is safe here (manual, 55.4 "Standby status update"). The server never
/// sends again what comes before `flushed`, so that `flushed` must be the end of what is durable, and no more.
public struct StandbyStatusUpdate: Hashable, Sendable {
    /// Received.
    public var written: LSN
    /// Durable.
    public var flushed: LSN
    /// Visible in the shadow.
    public var applied: LSN
    /// This program's clock.
    public var time: Timestamp
    /// The server is to answer with a keepalive at once.
    public var replyRequested: Bool

    public init(written: LSN, flushed: LSN, applied: LSN, time: Timestamp, replyRequested: Bool = false) {
        self.written = written
        self.flushed = flushed
        self.applied = applied
        self.time = time
        self.replyRequested = replyRequested
    }

    /// The CopyData payload, 34 bytes.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "r")]
        bytes.reserveCapacity(34)
        for number in [written.bytes, flushed.bytes, applied.bytes, UInt64(bitPattern: time.microseconds)] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        bytes.append(replyRequested ? 1 : 0)
        return bytes
    }
}
