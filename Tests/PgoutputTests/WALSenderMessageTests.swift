import Pgoutput
import Postgres
import Testing

/// The framing that a walsender puts around the plugin's messages, and the answer to it.
@Suite struct WALSenderMessageTests {
    private func decode(_ bytes: [UInt8]) throws(DecodingError) -> WALSenderMessage {
        // Bytes have no padding.
        try WALSenderMessage(decoding: unsafe bytes.span.bytes)
    }

    private let keepalive = MessageBytes("k").int64(0x1_0000_0010).int64(UInt64(bitPattern: -3))

    @Test func xlogData() throws {
        let header = MessageBytes("w").int64(1).int64(2).int64(3)
        for payload in [[], [66], Array(repeating: 0, count: 100)] as [[UInt8]] {
            guard case .xlogData(let data) = try decode(header.adding(payload).bytes) else {
                Issue.record("not XLogData")
                return
            }
            #expect(data.start == LSN(1) && data.end == LSN(2) && data.sendTime == Timestamp(microseconds: 3))
            #expect(data.payload == 25)
        }
        for length in 0..<header.bytes.count {
            #expect(throws: DecodingError.self) { try decode(Array(header.bytes[..<length])) }
        }
    }

    /// A captured stream as it comes from libpq, message by message.
    @Test(arguments: CapturedStream.all)
    func framedStream(_ stream: CapturedStream) throws {
        var decoder = MessageDecoder(stream.options)
        var unframed = MessageDecoder(stream.options)
        for bytes in try stream.messages() {
            let framed = MessageBytes("w").int64(1).int64(1).int64(3).adding(bytes).bytes
            guard case .xlogData(let data) = try decode(framed) else {
                Issue.record("not XLogData")
                return
            }
            let message = try decoder.decode(framed, from: data.payload)
            #expect(
                describe(message, decoder, framed) == describe(try unframed.decode(bytes), unframed, bytes))
        }
    }

    @Test(arguments: [false, true])
    func keepalive(reply: Bool) throws {
        let bytes = keepalive.byte(reply ? 1 : 0).bytes
        guard case .keepalive(let message) = try decode(bytes) else {
            Issue.record("not a keepalive")
            return
        }
        #expect(message.walEnd == LSN("1/10"))
        #expect(message.sendTime == Timestamp(microseconds: -3))
        #expect(message.replyRequested == reply)
        for length in 0..<bytes.count {
            let error = try #require(throws: DecodingError.self) { try decode(Array(bytes[..<length])) }
            #expect(0...length ~= error.offset)
        }
    }

    @Test func unknownBytesAreRefused() throws {
        #expect(try #require(throws: DecodingError.self) { try decode([115]) }.offset == 0)
        #expect(try #require(throws: DecodingError.self) { try decode(keepalive.byte(2).bytes) }.offset == 17)
        #expect(try #require(throws: DecodingError.self) { try decode(keepalive.byte(1).byte(0).bytes) }.offset == 18)
    }

    @Test func statusUpdate() {
        let update = StandbyStatusUpdate(
            written: LSN(0x0102_0304_0506_0708), flushed: LSN(2), applied: LSN(.max),
            time: Timestamp(microseconds: -1), replyRequested: true)
        let expected =
            [UInt8(ascii: "r"), 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 2] + Array(repeating: 255, count: 16) + [1]
        #expect(update.encoded == expected)
        #expect(update.encoded.count == 34)
        var quiet = update
        quiet.replyRequested = false
        #expect(quiet.encoded == expected.dropLast() + [0])
    }
}
