import Pgoutput
import Postgres
import Testing

/// Each message, written byte by byte as the manual has it, and what the decoder makes of it.
@Suite struct MessageDecoderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var options: ProtocolOptions
        var before: [MessageBytes] = []
        var message: MessageBytes
        var meaning: String
        var testDescription: String { "\(options.version) \(options.streaming): \(meaning)" }
    }

    static let text: [UInt8] = Array("één".utf8)

    /// The messages of every version, in a transaction.
    static let plain: [(MessageBytes, String)] = [
        (.commit(), "COMMIT 0/10 end 0/20 at 5"),
        (.init("O").int64(0x1_0000_0002).string("elsewhere"), "ORIGIN elsewhere 1/2"),
        (.init("O").int64(0).string(""), "ORIGIN  0/0"),
        (
            .init("M").byte(1).int64(9).string("p").int32(2).adding([104, 105]),
            "MESSAGE transactional 0/9 p: \"hi\""
        ),
        (.init("M").byte(0).int64(9).string("").int32(0), "MESSAGE at once 0/9 : \"\""),
        (
            .init("R").int32(16385).string("").string("T").letter("f").int16(2)
                .byte(1).string("a b").int32(23).int32(.max).byte(0).string("").int32(.max).int32(24),
            "RELATION 16385 pg_catalog.\"T\" by full (*a b 23/-1,  4294967295/24)"
        ),
        (.init("R").int32(1).string("s").string("t").letter("n").int16(0), "RELATION 1 s.t by nothing ()"),
        (.init("R").int32(1).string("s").string("t").letter("i").int16(0), "RELATION 1 s.t by index ()"),
        (.init("Y").int32(16390).string("s").string("mood"), "TYPE 16390 s.mood"),
        (
            .init("I").int32(1).letter("N").tuple([.text(text), .null, .binary([0, 255]), .text([])]),
            "INSERT 1 (\"één\", null, x00ff, \"\")"
        ),
        (.init("I").int32(1).letter("N").tuple([]), "INSERT 1 ()"),
        (.init("U").int32(1).letter("N").tuple([.unchanged, .text(text)]), "UPDATE 1 (unchanged, \"één\")"),
        (
            .init("U").int32(1).letter("K").tuple([.text([49]), .null])
                .letter("N").tuple([.text([50]), .unchanged]),
            "UPDATE 1 key (\"1\", null) to (\"2\", unchanged)"
        ),
        (
            .init("U").int32(1).letter("O").tuple([.binary([1])]).letter("N").tuple([.binary([2])]),
            "UPDATE 1 full (x01) to (x02)"
        ),
        (.init("D").int32(1).letter("K").tuple([.text([49]), .null]), "DELETE 1 key (\"1\", null)"),
        (.init("D").int32(1).letter("O").tuple([.null]), "DELETE 1 full (null)"),
        (.init("T").int32(1).byte(0).int32(1), "TRUNCATE [1]"),
        (.init("T").int32(2).byte(3).int32(1).int32(2), "TRUNCATE [1, 2] cascade restart identity"),
        (.init("T").int32(1).byte(2).int32(1), "TRUNCATE [1] restart identity"),
    ]

    static let cases: [Case] = {
        var cases: [Case] = []
        for version in ProtocolOptions.Version.allCases {
            let off = ProtocolOptions(version: version)
            cases.append(Case(options: off, message: .begin(), meaning: "BEGIN 7 final 0/10 at 5"))
            for (message, meaning) in plain {
                cases.append(Case(options: off, before: [.begin()], message: message, meaning: meaning))
            }
            guard version >= .v3 else { continue }
            let prepared = MessageBytes("b").int64(0x10).int64(0x20).int64(5).int32(7).string("g")
            let finish = { (type: Character) in
                MessageBytes(type).byte(0).int64(0x10).int64(0x20).int64(5).int32(7).string("g")
            }
            cases += [
                Case(options: off, message: prepared, meaning: "BEGIN PREPARE 7 g 0/10 end 0/20 at 5"),
                Case(
                    options: off, before: [prepared], message: finish("P"),
                    meaning: "PREPARE 7 g 0/10 end 0/20 at 5"),
                Case(options: off, message: finish("K"), meaning: "COMMIT PREPARED 7 g 0/10 end 0/20 at 5"),
                Case(
                    options: off,
                    message: .init("r").byte(0).int64(0x10).int64(0x20).int64(5).int64(6).int32(7).string("g"),
                    meaning: "ROLLBACK PREPARED 7 g prepared end 0/10 at 5 end 0/20 at 6"),
                Case(
                    options: .init(version: version, streaming: .on), message: finish("p"),
                    meaning: "STREAM PREPARE 7 g 0/10 end 0/20 at 5"),
            ]
        }
        for (version, streaming) in [
            (.v2, .on), (.v3, .on), (.v4, .on), (.v4, .parallel),
        ] as [(ProtocolOptions.Version, ProtocolOptions.Streaming)] {
            let options = ProtocolOptions(version: version, streaming: streaming)
            let start = MessageBytes.streamStart(9)
            let abort = MessageBytes.streamAbort(9, 11)
            cases += [
                Case(options: options, message: start, meaning: "STREAM START 9 first"),
                Case(options: options, message: .init("S").int32(9).byte(0), meaning: "STREAM START 9"),
                Case(options: options, before: [start], message: .streamStop, meaning: "STREAM STOP"),
                Case(options: options, message: .streamCommit(9), meaning: "STREAM COMMIT 9 0/10 end 0/20 at 5"),
                streaming == .parallel
                    ? Case(
                        options: options, message: abort.int64(0).int64(3), meaning: "STREAM ABORT 9 11 0/0 at 3")
                    : Case(options: options, message: abort, meaning: "STREAM ABORT 9 11"),
                Case(
                    options: options, before: [start], message: .init("O").int64(0).string("o"),
                    meaning: "ORIGIN o 0/0"),
                Case(
                    options: options, before: [start],
                    message: .init("M").int32(11).byte(1).int64(9).string("p").int32(0),
                    meaning: "MESSAGE [11] transactional 0/9 p: \"\""),
                Case(
                    options: options, before: [start], message: .relation(1, ["a"], xid: 11),
                    meaning: "RELATION [11] 1 public.t by default (*a 25/-1)"),
                Case(
                    options: options, before: [start], message: .type(2, "mood", xid: 11),
                    meaning: "TYPE [11] 2 public.mood"),
                Case(
                    options: options, before: [start],
                    message: .init("I").int32(11).int32(1).letter("N").tuple([.null]),
                    meaning: "INSERT [11] 1 (null)"),
                Case(
                    options: options, before: [start],
                    message: .init("U").int32(11).int32(1).letter("N").tuple([.null]),
                    meaning: "UPDATE [11] 1 (null)"),
                Case(
                    options: options, before: [start],
                    message: .init("D").int32(11).int32(1).letter("K").tuple([.null]),
                    meaning: "DELETE [11] 1 key (null)"),
                Case(
                    options: options, before: [start], message: .init("T").int32(11).int32(1).byte(1).int32(3),
                    meaning: "TRUNCATE [11] [3] cascade"),
            ]
        }
        return cases
    }()

    @Test(arguments: cases)
    func decodes(_ test: Case) throws {
        var decoder = MessageDecoder(test.options)
        for message in test.before { _ = try decoder.decode(message.bytes) }
        let message = try decoder.decode(test.message.bytes)
        #expect(describe(message, decoder, test.message.bytes) == test.meaning)
    }

    @Test func tuplesAreUsedAgain() throws {
        var decoder = MessageDecoder(.init(version: .v1))
        _ = try decoder.decode(MessageBytes.begin().bytes)
        let wide = MessageBytes("I").int32(1).letter("N").tuple(Array(repeating: .text([65]), count: 1_600))
        _ = try decoder.decode(wide.bytes)
        #expect(decoder.newTuple.count == 1_600)
        let narrow = MessageBytes("I").int32(1).letter("N").tuple([.null])
        _ = try decoder.decode(narrow.bytes)
        #expect(decoder.newTuple.count == 1)
        #expect(decoder.newTuple[0].kind == .null)
    }

    @Test func updateWithoutOldTupleEmptiesIt() throws {
        var decoder = MessageDecoder(.init(version: .v1))
        _ = try decoder.decode(MessageBytes.begin().bytes)
        _ = try decoder.decode(MessageBytes("D").int32(1).letter("K").tuple([.text([49])]).bytes)
        #expect(decoder.oldTuple.count == 1)
        _ = try decoder.decode(MessageBytes("U").int32(1).letter("N").tuple([.text([49])]).bytes)
        #expect(decoder.oldTuple.count == 0)
    }

    /// A column's value in an owner's buffer is at `offset`, and is followed by a byte that was decoded already.
    @Test func columnsTellTheirPlaces() throws {
        var decoder = MessageDecoder(.init(version: .v1))
        _ = try decoder.decode(MessageBytes.begin().bytes)
        let bytes = MessageBytes("I").int32(1).letter("N").tuple([.text([1, 2, 3]), .unchanged, .binary([4])]).bytes
        _ = try decoder.decode(bytes)
        let first = decoder.newTuple[0]
        #expect(first.offset == 13 && first.length == 3 && bytes[first.offset + first.length] == UInt8(ascii: "u"))
        #expect(decoder.newTuple[2].offset + decoder.newTuple[2].length == bytes.count)
    }
}
