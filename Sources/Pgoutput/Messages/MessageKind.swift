/// The first byte of a message (`LogicalRepMsgType` in logicalproto.h).
enum MessageKind: UInt8, CaseIterable {
    case begin = 0x42  // B
    case commit = 0x43  // C
    case origin = 0x4F  // O
    case logicalMessage = 0x4D  // M
    case relation = 0x52  // R
    case type = 0x59  // Y
    case insert = 0x49  // I
    case update = 0x55  // U
    case delete = 0x44  // D
    case truncate = 0x54  // T
    case streamStart = 0x53  // S
    case streamStop = 0x45  // E
    case streamCommit = 0x63  // c
    case streamAbort = 0x41  // A
    case beginPrepare = 0x62  // b
    case prepare = 0x50  // P
    case commitPrepared = 0x4B  // K
    case rollbackPrepared = 0x72  // r
    case streamPrepare = 0x70  // p

    /// As PostgreSQL names it in its own messages (`logicalrep_message_type`).
    var name: String {
        switch self {
        case .begin: "BEGIN"
        case .commit: "COMMIT"
        case .origin: "ORIGIN"
        case .logicalMessage: "MESSAGE"
        case .relation: "RELATION"
        case .type: "TYPE"
        case .insert: "INSERT"
        case .update: "UPDATE"
        case .delete: "DELETE"
        case .truncate: "TRUNCATE"
        case .streamStart: "STREAM START"
        case .streamStop: "STREAM STOP"
        case .streamCommit: "STREAM COMMIT"
        case .streamAbort: "STREAM ABORT"
        case .beginPrepare: "BEGIN PREPARE"
        case .prepare: "PREPARE"
        case .commitPrepared: "COMMIT PREPARED"
        case .rollbackPrepared: "ROLLBACK PREPARED"
        case .streamPrepare: "STREAM PREPARE"
        }
    }

    /// Whether a stream begun with these options may have it.
    func isPart(of options: ProtocolOptions) -> Bool {
        switch self {
        case .begin, .commit, .origin, .logicalMessage, .relation, .type, .insert, .update, .delete, .truncate: true
        case .streamStart, .streamStop, .streamCommit, .streamAbort: options.streams
        case .beginPrepare, .prepare, .commitPrepared, .rollbackPrepared: options.version >= .v3
        case .streamPrepare: options.version >= .v3 && options.streams
        }
    }
}
