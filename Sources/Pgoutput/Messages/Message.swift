/// A message of pgoutput, the output plugin of PostgreSQL's logical replication, in protocol versions 1 to 4 (manual,
/// 55.9 "Logical Replication Message Formats"; src/backend/replication/logical/proto.c). The rows of `insert`, `update`
/// and `delete` are in the decoder's `newTuple` and `oldTuple`.
public enum Message: Hashable, Sendable {
    case begin(Begin)
    case commit(Commit)
    case origin(Origin)
    case logicalMessage(LogicalMessage)

    case relation(Relation)
    case type(TypeName)

    case insert(Insert)
    case update(Update)
    case delete(Delete)
    case truncate(Truncate)

    case streamStart(StreamStart)
    case streamStop
    case streamCommit(StreamCommit)
    case streamAbort(StreamAbort)

    case beginPrepare(Prepare)
    case prepare(Prepare)
    case commitPrepared(CommitPrepared)
    case rollbackPrepared(RollbackPrepared)
    case streamPrepare(Prepare)
}
