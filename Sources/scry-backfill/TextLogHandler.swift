import Foundation
import Glibc
import Logging

/// The engine's log on standard error: one line an event, its time in UTC, its level, and what belongs to it.
///
///     2026-11-22 18:04:49.123Z [4711] INFO:  copied table=public.orders rows=100000
struct TextLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    var metadataProvider: Logger.MetadataProvider?
    /// A line of progress may stand on the terminal, where the cursor is.
    let clearsLine: Bool

    init(clearsLine: Bool) { self.clearsLine = clearsLine }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { _, own in own }
        all.merge(event.metadata ?? [:]) { _, own in own }
        let line = (clearsLine ? "\r\u{1B}[K" : "") + Self.line(event.level, "\(event.message)", all, at: Date())
        // One write(2), so that lines of several threads never mix.
        var bytes = Array(line.utf8)
        _ = unsafe write(2, &bytes, bytes.count)
    }

    /// A line break in a message would be read as another event.
    static func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, at time: Date) -> String {
        let pairs = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let text = (message + pairs).split(whereSeparator: \.isNewline).joined(separator: " ")
        return "\(time.formatted(stamp)) [\(getpid())] \(level.rawValue.uppercased()):  \(text)\n"
    }

    private static let stamp = Date.ISO8601FormatStyle(dateTimeSeparator: .space, includingFractionalSeconds: true)
}
