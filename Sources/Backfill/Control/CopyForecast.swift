internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// How far the copy of a job's tables is, and how long the rest takes. Each table counts by its estimated size; its
/// copied part, by its estimated rows, or by bytes where the source has counted none. The tables that are already
/// copied give the ratio between COPY's bytes and the estimated size.
struct CopyForecast: Hashable {
    /// Of the estimated size; nil where nothing is to be copied, or the estimates are not known.
    let percent: Double?
    /// Nil where the pace is not known, or nothing moves.
    let seconds: Double?

    /// The largest part of an unfinished table that counts as copied: estimates may be too small.
    private static let nearlyAll = 0.99

    init(_ tables: [FollowedTable], _ estimates: [QualifiedName: TableEstimate], rate: CopyRate?) {
        var total = 0.0
        var done = 0.0
        var bytes = 0.0
        let wanted = tables.filter { $0.isPublished && $0.problem == nil }
        let waiting = wanted.filter(\.needsCopy)
        for table in wanted where table.needsCopy || table.bytesCopied > 0 {
            let estimate = estimates[table.name]
            let size = Double(estimate?.bytes ?? table.bytesCopied)
            total += size
            bytes += Double(table.bytesCopied)
            guard table.needsCopy else {
                done += size
                continue
            }
            guard let estimate, size > 0 else { continue }
            let share =
                if let rows = estimate.rows, rows > 0 { Double(table.rowsCopied) / Double(rows) } else {
                    Double(table.bytesCopied) / size
                }
            done += size * min(Self.nearlyAll, share)
        }
        guard !waiting.isEmpty, waiting.allSatisfy({ estimates[$0.name] != nil }), total > 0 else {
            percent = nil
            seconds = nil
            return
        }
        percent = 100 * done / total
        if let rate, rate.bytesPerSecond > 0, bytes > 0, done > 0 {
            seconds = (total - done) / (rate.bytesPerSecond * done / bytes)
        } else {
            seconds = nil
        }
    }
}
