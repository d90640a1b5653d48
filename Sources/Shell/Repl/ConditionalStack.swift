/// The nested `\if` blocks of one input (fe_utils/conditional.c).
struct ConditionalStack {
    enum State {
        /// The branch that runs.
        case isTrue
        /// A branch that does not run; a later one may.
        case isFalse
        /// No branch of this block runs any more.
        case ignored
        case elseTrue
        case elseFalse
    }

    private struct Entry {
        var state: State
        /// The statement's length and its parentheses where the branch began, to go back to.
        var queryLength = 0
        var parenthesisDepth = 0
    }

    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }
    var top: State? { entries.last?.state }

    var isActive: Bool {
        switch entries.last?.state {
        case .isTrue, .elseTrue, nil: true
        default: false
        }
    }

    mutating func push(_ state: State) { entries.append(Entry(state: state)) }

    mutating func replaceTop(_ state: State) {
        if !entries.isEmpty { entries[entries.count - 1].state = state }
    }

    mutating func pop() { entries = entries.dropLast() }

    mutating func save(queryLength: Int, parenthesisDepth: Int) {
        guard !entries.isEmpty else { return }
        entries[entries.count - 1].queryLength = queryLength
        entries[entries.count - 1].parenthesisDepth = parenthesisDepth
    }

    var saved: (queryLength: Int, parenthesisDepth: Int) {
        entries.last.map { ($0.queryLength, $0.parenthesisDepth) } ?? (0, 0)
    }
}
