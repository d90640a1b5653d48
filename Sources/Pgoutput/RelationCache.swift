public import Postgres

/// The tables and types that the server has described. It follows the server's own record of what it has sent in which
/// transaction (`maybe_send_schema` and `cleanup_rel_sync_cache` in pgoutput.c):
///
/// - a description is sent once a session, and again whenever it may have changed: each replaces the one before;
/// - in a streamed transaction it is sent anew, and counts for that transaction alone, since other transactions go on
///   with theirs until it commits;
/// - when the transaction commits, its descriptions count for all, except where a newer one was sent to all in the
///   meantime;
/// - when the transaction, or one of its subtransactions, is rolled back, or it is prepared, its descriptions are
///   forgotten, and sent again where they are needed.
///
/// Give it every message in the order of arrival, and look up a row's relation before the next message.
public struct RelationCache: Sendable {
    private struct Scope: Sendable {
        var relations: [OID: CachedRelation] = [:]
        var types: [OID: CachedType] = [:]
    }

    /// Counts descriptions; never goes back, so that no two have the same number, in whatever session.
    private var generation: UInt64 = 0
    private var shared = Scope()
    private var streamed: [TransactionID: Scope] = [:]
    private var stream: TransactionID?

    public init() {}

    /// Forgets all: for a new session, in which the server describes everything anew.
    public mutating func clear() {
        shared = Scope()
        streamed = [:]
        stream = nil
    }

    /// Records a message's description, or the end of its stream; other messages change nothing.
    public mutating func observe(_ message: Message) {
        switch message {
        case .relation(let relation):
            generation += 1
            let cached = CachedRelation(relation, generation: generation)
            if let stream {
                streamed[stream, default: Scope()].relations[relation.id] = cached
            } else {
                shared.relations[relation.id] = cached
            }
        case .type(let type):
            generation += 1
            let cached = CachedType(name: type.name, generation: generation)
            if let stream {
                streamed[stream, default: Scope()].types[type.id] = cached
            } else {
                shared.types[type.id] = cached
            }
        case .streamStart(let start): stream = start.xid
        case .streamStop: stream = nil
        case .streamCommit(let commit): promote(commit.xid)
        case .streamAbort(let abort): streamed[abort.xid] = nil
        case .streamPrepare(let prepare): streamed[prepare.xid] = nil
        default: break
        }
    }

    /// The description that a row of `columns` columns has here: in a stream block, the transaction's own. A row without
    /// description, or of another width, is a violation of the protocol.
    public func relation(_ id: OID, columns: Int) throws(PostgresError) -> CachedRelation {
        let cached = try described(id)
        guard cached.relation.columns.count == columns else {
            throw PostgresError(
                "the source sent a row of another width than its table \(cached.relation.name)",
                detail: "The row has \(columns) columns, the description \(cached.relation.columns.count).",
                hint: "Start the replication again, with a connection straight to the source.",
                sqlState: .protocolViolation)
        }
        return cached
    }

    /// The description of a relation that is changed here; the server gives it before the first change.
    public func described(_ id: OID) throws(PostgresError) -> CachedRelation {
        guard let cached = relation(id) else {
            throw PostgresError(
                "the source sent a change of relation \(id) without describing the relation",
                hint: "Start the replication again, with a connection straight to the source.",
                sqlState: .protocolViolation)
        }
        return cached
    }

    /// The description of a relation; nil where the server has not given one.
    public func relation(_ id: OID) -> CachedRelation? {
        if let stream { streamed[stream]?.relations[id] } else { shared.relations[id] }
    }

    /// The name of a type that is not built in; nil for those that are.
    public func type(_ id: OID) -> QualifiedName? {
        if let stream { streamed[stream]?.types[id]?.name } else { shared.types[id]?.name }
    }

    private mutating func promote(_ xid: TransactionID) {
        guard let scope = streamed.removeValue(forKey: xid) else { return }
        shared.relations.merge(scope.relations) { $0.generation > $1.generation ? $0 : $1 }
        shared.types.merge(scope.types) { $0.generation > $1.generation ? $0 : $1 }
    }
}

/// A relation as the server last described it.
public final class CachedRelation: Sendable {
    public let relation: Message.Relation
    /// Another number means another description: statements planned for this relation must be planned anew.
    public let generation: UInt64

    init(_ relation: Message.Relation, generation: UInt64) {
        self.relation = relation
        self.generation = generation
    }
}

private struct CachedType: Sendable {
    var name: QualifiedName
    var generation: UInt64
}
