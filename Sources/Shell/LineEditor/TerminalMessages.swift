internal import Glibc
internal import Libpq
internal import Postgres
import Synchronization

/// Messages of other threads for the user who is typing: the line editor shows them above the prompt.
final class TerminalMessages: Sendable {
    /// How many messages are kept while the user is elsewhere (in a pager, say); older messages give way.
    private static let limit = 100

    private let waiting = Mutex<[String]>([])
    /// Readable while messages wait.
    private let signal: Interrupt

    init() throws(PostgresError) { signal = try Interrupt() }

    var readDescriptor: Int32 { signal.readDescriptor }

    func post(_ message: String) {
        waiting.withLock { messages in
            messages.append(message)
            if messages.count > Self.limit { messages.removeFirst(messages.count - Self.limit) }
        }
        signal.fire()
    }

    /// The messages that wait, oldest first, each taken once.
    func take() -> [String] {
        signal.clear()
        return waiting.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}
