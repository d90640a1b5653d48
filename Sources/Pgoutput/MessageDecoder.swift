internal import Postgres

/// Turns pgoutput's bytes into messages.
///
/// A walsender sends each message whole, as the payload of one XLogData (`WALSenderMessage`), and the SQL functions
/// `pg_logical_slot_…_binary_changes` give one a row; so a call decodes exactly one message, and bytes left over are an
/// error. One decoder serves one session: make a new one after each reconnection.
///
/// The rows of INSERT, UPDATE and DELETE are not in the message: `newTuple` and `oldTuple` are filled with places in the
/// buffer that was given, and filled again by the next call. Values are read while that buffer lives:
///
///     let bytes = unsafe copyData.bytes                                // a RawSpan of libpq's buffer
///     guard case .xlogData(let data) = try WALSenderMessage(decoding: bytes) else { … }
///     switch try decoder.decode(bytes, from: data.payload) {
///     case .insert(let insert): … decoder.newTuple.value(0, in: bytes) …
///
/// Nothing is allocated for a row, and a text value is followed by a byte that was decoded already (the next column's
/// kind), or by the end of the buffer: an owner of the buffer may terminate it there.
///
/// Inside a stream block messages carry the transaction ID of the (sub)transaction that made the change, and only the
/// order of messages says whether a block is open. The decoder therefore keeps the state and refuses a message that
/// cannot stand where it stands. An unknown byte, kind, letter or flag throws and is never skipped. After an error the
/// state is as before, but the tuples are undefined.
public struct MessageDecoder: Sendable {
    public let options: ProtocolOptions
    /// The row of the last INSERT or UPDATE.
    public private(set) var newTuple = Tuple()
    /// The old row, or its key, of the last UPDATE or DELETE.
    public private(set) var oldTuple = Tuple()
    private var state = TransactionState.outside

    public init(_ options: ProtocolOptions) { self.options = options }

    /// Decodes the message that begins at `offset` and takes the rest of `bytes`.
    public mutating func decode(_ bytes: RawSpan, from offset: Int = 0) throws(DecodingError) -> Message {
        var reader = ByteReader(bytes, from: offset)
        let byte = try reader.uint8("a message type")
        guard let kind = MessageKind(rawValue: byte), kind.isPart(of: options) else {
            throw reader.unexpected(byte, expected: "a message type of protocol version \(options.version.rawValue)")
        }
        do throws(DecodingError) {
            guard state.allows(kind) else {
                throw reader.fault(
                    "a message that may stand \(state.place)", found: kind.name, at: reader.offset - 1)
            }
            let message = try read(kind, from: &reader)
            try reader.end()
            try advance(over: message, reader, start: offset)
            return message
        } catch {
            var error = error
            error.message = kind.name
            throw error
        }
    }

    private mutating func read(_ kind: MessageKind, from reader: inout ByteReader) throws(DecodingError) -> Message {
        let streamed = state.isStream
        switch kind {
        case .insert: return .insert(try .init(from: &reader, streamed: streamed, new: &newTuple))
        case .update: return .update(try .init(from: &reader, streamed: streamed, new: &newTuple, old: &oldTuple))
        case .delete: return .delete(try .init(from: &reader, streamed: streamed, old: &oldTuple))
        case .truncate: return .truncate(try .init(from: &reader, streamed: streamed))
        case .relation: return .relation(try .init(from: &reader, streamed: streamed))
        case .type: return .type(try .init(from: &reader, streamed: streamed))
        case .logicalMessage: return .logicalMessage(try .init(from: &reader, streamed: streamed))
        case .begin: return .begin(try .init(from: &reader))
        case .commit: return .commit(try .init(from: &reader))
        case .origin: return .origin(try .init(from: &reader))
        case .streamStart: return .streamStart(try .init(from: &reader))
        case .streamStop: return .streamStop
        case .streamCommit: return .streamCommit(try .init(from: &reader))
        case .streamAbort:
            return .streamAbort(try .init(from: &reader, carriesPosition: options.abortsCarryPosition))
        case .beginPrepare: return .beginPrepare(try .init(from: &reader, hasFlags: false))
        case .prepare: return .prepare(try .init(from: &reader, hasFlags: true))
        case .commitPrepared: return .commitPrepared(try .init(from: &reader))
        case .rollbackPrepared: return .rollbackPrepared(try .init(from: &reader))
        case .streamPrepare: return .streamPrepare(try .init(from: &reader, hasFlags: true))
        }
    }

    private mutating func advance(
        over message: Message, _ reader: borrowing ByteReader, start: Int
    ) throws(DecodingError) {
        if case .logicalMessage(let logical) = message, logical.isTransactional, state == .outside {
            throw reader.fault("a message that may stand \(state.place)", found: "a transactional MESSAGE", at: start)
        }
        switch state.after(message) {
        case .state(let next): state = next
        // Both messages have flags, then the position.
        case .contradiction(let expected, let found):
            throw reader.fault("LSN \(expected) as in the beginning", found: "\(found)", at: start + 2)
        }
    }
}
