internal import Changes
internal import Pgoutput
internal import Postgres
internal import Subscriber

/// Applies a part of a source's transaction, change by change, as far as it is known where each belongs.
final class PartApplier {
    enum Outcome {
        /// There is nothing, or the next change waits for an answer, or for the shadow to keep up.
        case nothing
        case some
        /// The part is done with.
        case all(SourceTransaction)
    }

    private let applier: RowApplier
    private let routes: RelationRoutes
    private var sightings: PartitionSightings
    private var part: SourceTransaction?
    /// The place of the next change.
    private var next = 0
    /// Of the part's relations, by their places.
    private var partRoutes: [Route?] = []

    init(_ applier: RowApplier, _ routes: RelationRoutes, _ sightings: PartitionSightings) {
        self.applier = applier
        self.routes = routes
        self.sightings = sightings
    }

    var isEmpty: Bool { part == nil }

    /// The reports about partitions that are to be recorded with the shadow's transaction.
    func takeSightings() -> [PartitionSighting] { sightings.take() }

    func take(_ transaction: SourceTransaction) {
        part = transaction
        next = 0
        partRoutes.removeAll(keepingCapacity: true)
        partRoutes.append(contentsOf: repeatElement(nil, count: transaction.changes.relations.count))
        if transaction.isFirst { sightings.pass() }
    }

    /// Applies as much of the part as it can without waiting.
    ///
    /// - Parameter now: milliseconds, as `StreamPositions` counts them.
    func apply(_ positions: inout StreamPositions, now: Int) throws(PostgresError) -> Outcome {
        guard let transaction = part.take() else { return .nothing }
        let first = next
        let count = transaction.changes.count
        while next < count, !applier.isFull, try apply(transaction, next, &positions, now) { next += 1 }
        guard next == count else {
            part = transaction
            return next > first ? .some : .nothing
        }
        if let end = transaction.endLSN {
            // Its reports about partitions are recorded with it, even if there is nothing else.
            if !sightings.unrecorded.isEmpty, !positions.isRepeated { try open(&positions, now) }
            positions.finish(
                StreamPositions.End(commit: transaction.commitLSN, end: end, time: transaction.commitTime),
                changes: applier.changes)
        }
        return .all(transaction)
    }

    /// False where it has to wait for an answer.
    private func apply(
        _ transaction: borrowing SourceTransaction, _ index: Int, _ positions: inout StreamPositions, _ now: Int
    ) throws(PostgresError) -> Bool {
        switch transaction.changes[index] {
        case .relation(let place):
            sightings.describe(
                transaction.changes.relations[place].relation, isRepeated: positions.isRepeated,
                isPublished: routes.isPublished)
            return true
        case .insert(let place, let row):
            guard let route = try route(place, transaction, positions) else { return false }
            if let target = try opened(route, &positions, now) { try applier.insert(row, target.statements) }
        case .update(let place, let old, let new):
            guard let route = try route(place, transaction, positions) else { return false }
            if let target = try opened(route, &positions, now) {
                try applier.update(old: old, new: new, target.statements)
            }
        case .delete(let place, let old):
            guard let route = try route(place, transaction, positions) else { return false }
            if let target = try opened(route, &positions, now) { try applier.delete(old, target.statements) }
        case .truncate(let truncate):
            guard try apply(truncate, transaction, &positions, now) else { return false }
        case .message: break
        }
        sightings.pass()
        return true
    }

    private func apply(
        _ truncate: Truncate, _ transaction: borrowing SourceTransaction, _ positions: inout StreamPositions,
        _ now: Int
    ) throws(PostgresError) -> Bool {
        var tables: [ShadowRelation] = []
        for place in truncate.relations {
            guard let route = try route(place, transaction, positions) else { return false }
            if case .apply(let target) = route, target.applies(positions) { tables.append(target.table) }
        }
        guard !tables.isEmpty else { return true }
        guard let areReferenced = try routes.areReferenced(tables) else { return false }
        try open(&positions, now)
        for table in tables { sightings.truncate(table.name, by: transaction.xid) }
        try applier.empty(tables, restartIdentity: truncate.restartIdentity, byRows: areReferenced)
        return true
    }

    /// Nil where it is not known yet.
    private func route(
        _ place: Int, _ transaction: borrowing SourceTransaction, _ positions: StreamPositions
    ) throws(PostgresError) -> Route? {
        if let known = partRoutes[place] { return known }
        guard let route = try routes.route(transaction.changes.relations[place], in: transaction.xid, positions)
        else { return nil }
        for statements in routes.takeOutdated() { try applier.release(statements) }
        partRoutes[place] = route
        return route
    }

    /// Where a change belongs, with a transaction of the shadow open for it; nil where it is not applied.
    private func opened(
        _ route: Route, _ positions: inout StreamPositions, _ now: Int
    ) throws(PostgresError) -> Route.Target? {
        guard case .apply(let target) = route, target.applies(positions) else { return nil }
        try open(&positions, now)
        return target
    }

    private func open(_ positions: inout StreamPositions, _ now: Int) throws(PostgresError) {
        if !positions.isOpen {
            try applier.begin()
            positions.open(now: now)
        }
        positions.change()
    }
}

extension Route.Target {
    /// Whether a change of the present transaction belongs into the table.
    fileprivate func applies(_ positions: StreamPositions) -> Bool {
        positions.applies(copiedAt: snapshot, catchesUp: catchesUp)
    }
}
