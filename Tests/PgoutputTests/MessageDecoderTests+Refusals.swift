import Pgoutput
import Postgres
import Testing

/// What the protocol does not have: each is refused with the place and what belongs there.
@Suite struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var options = ProtocolOptions(version: .v1)
        var before: [MessageBytes] = []
        var bytes: [UInt8]
        /// "offset: expected, found".
        var error: String
        var testDescription: String { error }

        init(
            _ message: MessageBytes, _ error: String, before: [MessageBytes] = [],
            options: ProtocolOptions = .init(version: .v1)
        ) {
            self.options = options
            self.before = before
            bytes = message.bytes
            self.error = error
        }
    }

    static let streaming = ProtocolOptions(version: .v4, streaming: .on)
    static let prepare = MessageBytes("b").int64(0x10).int64(0x20).int64(5).int32(7).string("g")
    static let row = MessageBytes("I").int32(1).letter("N")

    /// Letters, flags, counts and lengths, in a transaction.
    static let contents: [Case] = [
        Case(.init("Z"), "0: a message type of protocol version 1, byte 90 ('Z')"),
        Case(.init("\u{1}"), "0: a message type of protocol version 1, byte 1"),
        Case(.init("I").int32(1).letter("O"), "5: a new tuple (N), byte 79 ('O')"),
        Case(.init("U").int32(1).letter("X"), "5: an old or new tuple (K, O or N), byte 88 ('X')"),
        Case(.init("U").int32(1).letter("K").tuple([]).letter("O"), "8: a new tuple (N), byte 79 ('O')"),
        Case(
            .init("U").int32(1).letter("K").tuple([.null]).letter("N").tuple([]),
            "10: 1 columns as in the old tuple, 0"),
        Case(.init("D").int32(1).letter("N"), "5: an old tuple (K or O), byte 78 ('N')"),
        Case(row.int16(1).letter("x"), "8: a column kind (n, u, t or b), byte 120 ('x')"),
        Case(row.int16(0xFFFF).letter("n"), "6: a column count from 0 to 1, 65535"),
        Case(row.int16(1).letter("t").int32(2).byte(1), "9: a value length from 0 to 1, 2"),
        Case(row.int16(1).letter("b").int32(0xFFFF_FFFF), "9: a value length from 0 to 0, -1"),
        Case(row.int16(1).letter("t").int32(0x7FFF_FFFF), "9: a value length from 0 to 0, 2147483647"),
        Case(row.int16(1).letter("t").byte(0), "9: a value length of 4 bytes, only 1 byte"),
        Case(row.int16(0).byte(0), "8: the end of the message, 1 more byte"),
        Case(.init("T").int32(0).byte(0), "1: a relation count that 0 bytes hold, 0"),
        Case(.init("T").int32(0xFFFF_FFFE).byte(0), "1: a relation count that 0 bytes hold, -2"),
        Case(.init("T").int32(2).byte(0).int32(1), "1: a relation count that 4 bytes hold, 2"),
        Case(.init("T").int32(1).byte(4).int32(1), "5: TRUNCATE flags from 0 to 3, byte 4"),
        Case(.init("M").byte(2), "1: flags, 0 or 1, byte 2"),
        Case(
            .init("M").byte(0).int64(0).string("").int32(0xFFFF_FFFF),
            "11: a content length from 0 to 0, -1"),
        Case(.init("M").byte(0).int64(0).adding([65, 65]), "10: a prefix that ends in a zero byte, no zero byte"),
        Case(.init("M").byte(0).int64(0).adding([0xFF, 0]), "10: a prefix in UTF-8, other bytes"),
        Case(
            .init("R").int32(1).string("s").string("t").letter("x"),
            "9: a replica identity (d, n, f or i), byte 120 ('x')"),
        Case(
            .init("R").int32(1).string("s").string("t").letter("d").int16(2).byte(0).string("").int32(1).int32(1),
            "10: a column count from 0 to 1, 2"),
        Case(
            .init("R").int32(1).string("s").string("t").letter("d").int16(1).byte(2).string("").int32(1).int32(1),
            "12: column flags, 0 or 1, byte 2"),
        Case(.init("C").byte(1), "1: flags 0, byte 1"),
        Case(.init("C").byte(0).int64(0), "2: a commit LSN, 0/0"),
        Case(.commit(0x11), "2: LSN 0/10 as in the beginning, 0/11"),
    ].map { Case(.init("x"), $0.error, before: [.begin()]).with($0.bytes) }

    /// Messages where, or in a version in which, they cannot stand.
    static let places: [Case] = [
        Case(.commit(), "0: a message that may stand outside a transaction, COMMIT"),
        Case(.begin(), "0: a message that may stand inside a transaction, BEGIN", before: [.begin()]),
        Case(.begin(0), "1: a final LSN, 0/0"),
        Case(.init("B").int64(1).int64(1).int32(0), "17: a transaction ID, 0"),
        Case(row.int16(0), "0: a message that may stand outside a transaction, INSERT"),
        Case(.relation(1, []), "0: a message that may stand outside a transaction, RELATION"),
        Case(
            .init("M").byte(1).int64(0).string("").int32(0),
            "0: a message that may stand outside a transaction, a transactional MESSAGE"),
        Case(.streamStart(9), "0: a message type of protocol version 1, byte 83 ('S')"),
        Case(
            .streamStart(9), "0: a message type of protocol version 2, byte 83 ('S')", options: .init(version: .v2)),
        Case(
            prepare, "0: a message type of protocol version 2, byte 98 ('b')",
            options: .init(version: .v2, streaming: .on)),
        Case(
            .streamPrepare(7), "0: a message type of protocol version 3, byte 112 ('p')",
            options: .init(version: .v3)),
        Case(.streamStop, "0: a message that may stand outside a transaction, STREAM STOP", options: streaming),
        Case(
            .streamStop, "0: a message that may stand inside a transaction, STREAM STOP", before: [.begin()],
            options: streaming),
        Case(
            .commit(), "0: a message that may stand inside a stream block, COMMIT", before: [.streamStart(9)],
            options: streaming),
        Case(
            .streamCommit(9), "0: a message that may stand inside a stream block, STREAM COMMIT",
            before: [.streamStart(9)],
            options: streaming),
        Case(
            .init("P"), "0: a message that may stand inside a transaction, PREPARE", before: [.begin()],
            options: streaming),
        Case(
            .begin(), "0: a message that may stand inside a transaction that is being prepared, BEGIN",
            before: [prepare], options: streaming),
        Case(
            .init("P").byte(0).int64(0x11).int64(0x20).int64(5).int32(7).string("g"),
            "2: LSN 0/10 as in the beginning, 0/11", before: [prepare], options: streaming),
        Case(.init("S").int32(0), "1: a transaction ID, 0", options: streaming),
        Case(.init("S").int32(9).byte(2), "5: a first-block flag, 0 or 1, byte 2", options: streaming),
        Case(
            .init("I").int32(0), "1: a transaction ID, 0", before: [.streamStart(9)],
            options: streaming),
        Case(
            .streamAbort(9, 9), "9: an abort LSN of 8 bytes, the end",
            options: .init(version: .v4, streaming: .parallel)),
        Case(
            .streamAbort(9, 9).int64(1).int64(1), "9: the end of the message, 16 more bytes",
            options: streaming),
    ]

    @Test(arguments: contents + places)
    func refuses(_ test: Case) throws {
        var decoder = MessageDecoder(test.options)
        for message in test.before { _ = try decoder.decode(message.bytes) }
        let error = try #require(throws: DecodingError.self) { try decoder.decode(test.bytes) }
        #expect("\(error.offset): \(error.expected), \(error.found)" == test.error)
    }

    @Test func emptyBuffer() throws {
        var decoder = MessageDecoder(.init(version: .v1))
        let error = try #require(throws: DecodingError.self) { try decoder.decode([]) }
        #expect(error == DecodingError(offset: 0, length: 0, expected: "a message type of 1 byte", found: "the end"))
        #expect(throws: DecodingError.self) { try decoder.decode([0, 0, 0], from: 25) }
    }

    @Test func stateIsAsBeforeAfterAnError() throws {
        var decoder = MessageDecoder(.init(version: .v1))
        #expect(throws: DecodingError.self) { try decoder.decode(MessageBytes.begin().byte(0).bytes) }
        _ = try decoder.decode(MessageBytes.begin().bytes)
        #expect(throws: DecodingError.self) { try decoder.decode(MessageBytes.commit(0x99).bytes) }
        _ = try decoder.decode(MessageBytes.commit().bytes)
    }

    @Test func asPostgresError() throws {
        var decoder = MessageDecoder(.init(version: .v1))
        let error = try #require(throws: DecodingError.self) { try decoder.decode([UInt8(ascii: "C")]) }
        let shown = PostgresError(error)
        #expect(shown.sqlState == .protocolViolation)
        #expect(!shown.isSafeToRetry)
        #expect(shown.message == "invalid COMMIT message in the replication stream")
        #expect(shown.detail == "Expected a message that may stand outside a transaction at byte 0 of 1, found COMMIT.")
        #expect(shown.hint?.hasSuffix(".") == true)
    }
}

extension RefusalTests.Case {
    fileprivate func with(_ bytes: [UInt8]) -> Self {
        var copy = self
        copy.bytes = bytes
        return copy
    }
}
