/// Which transactions had ended at a moment (`txid_snapshot`, `pg_snapshot`): those before `oldest`, and those before `next` that are not
/// listed as under way.
public struct TransactionSnapshot: Hashable, Sendable {
    private let oldest: UInt64
    private let next: UInt64
    private let active: Set<UInt64>

    /// Reads `xmin:xmax:xip_list`; nil for another form.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let oldest = UInt64(parts[0]), let next = UInt64(parts[1]) else { return nil }
        let listed = parts[2].split(separator: ",")
        let active = listed.compactMap { UInt64($0) }
        guard active.count == listed.count else { return nil }
        self.oldest = oldest
        self.next = next
        self.active = Set(active)
    }

    /// Whether a transaction had ended. Its number is taken for the nearest to `next` that has these 32 bits.
    public func hasEnded(_ transaction: TransactionID) -> Bool {
        let distance = Int32(bitPattern: transaction.value &- UInt32(truncatingIfNeeded: next))
        guard distance < 0 else { return false }
        let number = next &- UInt64(distance.magnitude)
        return number < oldest || !active.contains(number)
    }
}
