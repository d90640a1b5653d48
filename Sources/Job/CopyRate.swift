/// How fast a copy was in the last minute.
public struct CopyRate: Sendable, Hashable {
    public let rowsPerSecond: Double
    /// In COPY's text format.
    public let bytesPerSecond: Double

    public init(rowsPerSecond: Double, bytesPerSecond: Double) {
        self.rowsPerSecond = rowsPerSecond
        self.bytesPerSecond = bytesPerSecond
    }
}
