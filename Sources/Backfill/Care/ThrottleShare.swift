/// The share of its speed that the adaptive throttle leaves to the copy: additive increase, multiplicative decrease, as
/// TCP shares a line (RFC 5681, 3.1). One step a second.
///
///     the source suffers    half of the copy's present rate, 5 % at the least; then three steps of patience, as the
///                           effect shows late
///     it is calm            after three calm steps 5 % more, each step, up to all
struct ThrottleShare: Hashable {
    static let floor = 0.05
    static let increase = 0.05
    static let patience = 3

    private(set) var value = 1.0
    private var sinceDecrease = Self.patience
    private var calmSteps = 0

    var isAtFloor: Bool { value <= Self.floor }

    /// - Parameter usage: the share of its limits that the copy really takes, where it stays below them: 0 to 1.
    mutating func step(suffers: Bool, usage: Double) {
        sinceDecrease += 1
        guard suffers else {
            calmSteps += 1
            if calmSteps >= Self.patience { value = min(1, value + Self.increase) }
            return
        }
        calmSteps = 0
        guard sinceDecrease >= Self.patience else { return }
        sinceDecrease = 0
        value = max(Self.floor, min(value, usage) / 2)
    }
}
