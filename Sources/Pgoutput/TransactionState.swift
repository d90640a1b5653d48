internal import Postgres

/// Where the stream is between transactions, which decides what may come next and whether messages carry a transaction
/// ID. Transactions never nest or interleave; stream blocks stand between them.
///
///     outside ── BEGIN ──────────▶ transaction ── COMMIT ───▶ outside
///     outside ── BEGIN PREPARE ──▶ preparing ──── PREPARE ──▶ outside
///     outside ── STREAM START ───▶ stream ─────── STREAM STOP ▶ outside
enum TransactionState: Equatable {
    case outside
    /// With the position that its COMMIT must name.
    case transaction(commitLSN: LSN)
    /// With the position that its PREPARE must name.
    case preparing(prepareLSN: LSN)
    /// With the top-level transaction.
    case stream(TransactionID)

    var isStream: Bool { if case .stream = self { true } else { false } }

    /// For errors.
    var place: String {
        switch self {
        case .outside: "outside a transaction"
        case .transaction: "inside a transaction"
        case .preparing: "inside a transaction that is being prepared"
        case .stream: "inside a stream block"
        }
    }

    /// Whether a message of this kind may stand here.
    func allows(_ kind: MessageKind) -> Bool {
        switch kind {
        case .begin, .beginPrepare, .streamStart, .streamCommit, .streamAbort, .streamPrepare, .commitPrepared,
            .rollbackPrepared:
            self == .outside
        case .commit: if case .transaction = self { true } else { false }
        case .prepare: if case .preparing = self { true } else { false }
        case .streamStop: isStream
        case .origin, .relation, .type, .insert, .update, .delete, .truncate: self != .outside
        // A message that is not transactional may stand anywhere; whether it is one shows once it is read.
        case .logicalMessage: true
        }
    }

    /// The state after `message`, or what it should have been where it contradicts the transaction's beginning.
    func after(_ message: Message) -> Result {
        switch (message, self) {
        case (.begin(let begin), _): .state(.transaction(commitLSN: begin.finalLSN))
        case (.beginPrepare(let begin), _): .state(.preparing(prepareLSN: begin.prepareLSN))
        case (.streamStart(let start), _): .state(.stream(start.xid))
        case (.streamStop, _): .state(.outside)
        case (.commit(let commit), .transaction(let position)):
            commit.commitLSN == position ? .state(.outside) : .contradiction(position, commit.commitLSN)
        case (.prepare(let prepare), .preparing(let position)):
            prepare.prepareLSN == position ? .state(.outside) : .contradiction(position, prepare.prepareLSN)
        default: .state(self)
        }
    }

    enum Result {
        case state(TransactionState)
        case contradiction(_ expected: LSN, _ found: LSN)
    }
}
