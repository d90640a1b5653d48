import Postgres
import Testing

@testable import Backfill
@testable import Subscriber

/// A session of the stream as a table: an event a line, and after the bar what it must answer.
///
///     data A B            a message with WAL from A to B
///     keepalive P         with `reply` where the source wants one, with `inside` in the middle of a transaction
///     begin C             a transaction whose commit record is at C
///     change T@S          a change of table T, copied at S: applied or skipped; `T@S+` for one that catches up
///     end C E             the end of the transaction; N changes where a number follows
///     confirm             the shadow has committed
///     at T                the clock, in milliseconds
///     stop, restart, exclude T, hold, release, wake, target P       what is asked of the stream; `nothing` takes all of it away
///     next, dry           what is to be done; dry: there is nothing to read
struct StreamScript {
    private var positions: StreamPositions
    private var requests = StreamPositions.Requests()
    private var now = 0

    init(_ start: StreamPositions.Start, limits: StreamPositions.Limits = StreamPositions.Limits()) {
        positions = StreamPositions(start, limits)
    }

    /// Plays a table; every line that answers otherwise is an issue.
    static func play(
        job: Int, lastCommit: Int = 0, catchingUp: [String: Int] = [:], _ lines: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var tables: [QualifiedName: LSN] = [:]
        for (name, position) in catchingUp { tables[table(name)] = LSN(UInt64(position)) }
        var script = StreamScript(
            StreamPositions.Start(
                job: LSN(UInt64(job)), lastCommit: LSN(UInt64(lastCommit)), catchingUp: tables))
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "|", maxSplits: 1).map { $0.trimmed }
            let answer = script.take(parts[0].split(separator: " ").map(String.init))
            let expected = parts.count > 1 ? parts[1] : ""
            #expect(answer == expected, "\(line)", sourceLocation: sourceLocation)
        }
    }

    private static func table(_ name: String) -> QualifiedName { QualifiedName(schema: "s", name: name) }

    private mutating func take(_ words: [String]) -> String {
        switch words[0] {
        case "data": positions.data(from: lsn(words[1]), to: lsn(words[2]))
        case "keepalive":
            positions.keepalive(
                lsn(words[1]), replyRequested: words.contains("reply"), isInside: words.contains("inside"))
        case "begin": positions.begin(commit: lsn(words[1]))
        case "change": return change(words[1])
        case "end":
            let end = StreamPositions.End(commit: lsn(words[1]), end: lsn(words[2]), time: Timestamp(microseconds: 0))
            positions.finish(end, changes: words.count > 3 ? Int(words[3]) ?? 0 : 1)
        case "confirm":
            let confirmed = positions.confirm()
            return ([String(confirmed.transactions)] + confirmed.caughtUp.map(\.name).sorted()).joined(separator: " ")
        case "at": now = Int(words[1]) ?? 0
        case "next", "dry": return describe(positions.next(requests, now: now, isDry: words[0] == "dry"))
        default: ask(words)
        }
        return ""
    }

    private mutating func change(_ word: String) -> String {
        let parts = word.split(separator: "@")
        let catchesUp = parts[1].hasSuffix("+")
        let snapshot = lsn(String(parts[1].filter { $0 != "+" }))
        guard positions.applies(copiedAt: snapshot, catchesUp: catchesUp) else { return "skipped" }
        if !positions.isOpen { positions.open(now: now) }
        return "applied"
    }

    private mutating func ask(_ words: [String]) {
        switch words[0] {
        case "stop": requests.stops = true
        case "restart": requests.restarts = true
        case "exclude": requests.excludes = Set(words.dropFirst().map { Self.table($0) })
        case "hold": requests.holdsSlot = true
        case "release": requests.holdsSlot = false
        case "wake": requests.wantsNote = true
        case "target": requests.target = lsn(words[1])
        case "nothing": requests = StreamPositions.Requests()
        default: Issue.record("\(words[0]) is no event")
        }
    }

    private func lsn(_ word: String) -> LSN { LSN(UInt64(word) ?? 0) }

    private func describe(_ action: StreamPositions.Action) -> String {
        func names(_ tables: Set<QualifiedName>) -> String { tables.map(\.name).sorted().map { " " + $0 }.joined() }
        switch action {
        case .proceed: return "proceed"
        case .commit(let progress):
            let catchUp =
                switch progress.catchUp {
                case .none: ""
                case .nearer(let tables): " nearer" + names(tables)
                case .reached(let tables): " reached" + names(tables)
                }
            return "commit \(progress.commit.bytes) \(progress.end.bytes)\(catchUp)"
        case .note(let position, _, let tables): return "note \(position.bytes)\(names(tables))"
        case .report(let written, let flushed, let applied):
            return "report \(written.bytes) \(flushed.bytes) \(applied.bytes)"
        case .exclude(let tables): return "exclude\(names(tables))"
        case .end(let outcome): return "\(outcome)"
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
