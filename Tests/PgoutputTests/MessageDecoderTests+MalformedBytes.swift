import Pgoutput
import Postgres
import Testing

/// Damaged messages: each throws and none traps, wherever the damage is.
@Suite struct MalformedBytesTests {
    @Test(arguments: CapturedStream.all)
    func cutAtEveryByte(_ stream: CapturedStream) throws {
        try forEachMessage(of: stream) { decoder, bytes in
            for length in 0..<bytes.count {
                var decoder = decoder
                let error = try #require(throws: DecodingError.self) { try decoder.decode(Array(bytes[..<length])) }
                #expect(0...length ~= error.offset)
                #expect(error.length == length)
            }
        }
    }

    @Test(arguments: CapturedStream.all)
    func followedByAnyByte(_ stream: CapturedStream) throws {
        try forEachMessage(of: stream) { decoder, bytes in
            for extra in [0, 1, UInt8(ascii: "N"), 255] {
                var decoder = decoder
                let error = try #require(throws: DecodingError.self) { try decoder.decode(bytes + [extra]) }
                #expect(error.offset == bytes.count)
                #expect(error.found == "1 more byte")
            }
        }
    }

    /// A message is the same wherever it stands in a buffer, as after XLogData's header.
    @Test(arguments: CapturedStream.all)
    func afterOtherBytes(_ stream: CapturedStream) throws {
        try forEachMessage(of: stream) { decoder, bytes in
            let header: [UInt8] = Array(repeating: 0xFF, count: 25)
            var plain = decoder
            var later = decoder
            let message = try plain.decode(bytes)
            let other = try later.decode(header + bytes, from: header.count)
            guard case .logicalMessage = message else { return #expect(message == other) }
        }
    }

    /// Random damage, the same in every run: what comes out is a message or an error, and what follows likewise.
    @Test(arguments: CapturedStream.all)
    func randomDamage(_ stream: CapturedStream) throws {
        var random = SplitMix(state: 0x5EED)
        let messages = try stream.messages()
        for _ in 0..<200 {
            var decoder = MessageDecoder(stream.options)
            var cache = RelationCache()
            for var bytes in messages {
                if Int.random(in: 0..<4, using: &random) == 0 { damage(&bytes, &random) }
                do {
                    let message = try decoder.decode(bytes)
                    cache.observe(message)
                    _ = describe(message, decoder, bytes)
                } catch {
                    #expect(0...bytes.count ~= error.offset)
                }
            }
        }
    }

    @Test func randomBytes() {
        var random = SplitMix(state: 7)
        for version in ProtocolOptions.Version.allCases {
            var decoder = MessageDecoder(.init(version: version, streaming: version == .v1 ? .off : .parallel))
            for _ in 0..<20_000 {
                var bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                    UInt8.random(in: 0...3, using: &random)
                }
                if !bytes.isEmpty { bytes[0] = Array("BCOMRYIUDTSEcAbPKrp".utf8).randomElement(using: &random)! }
                do {
                    _ = describe(try decoder.decode(bytes), decoder, bytes)
                } catch {
                    #expect(0...bytes.count ~= error.offset)
                }
            }
        }
    }

    private func forEachMessage(
        of stream: CapturedStream, _ body: (MessageDecoder, [UInt8]) throws -> Void
    ) throws {
        var decoder = MessageDecoder(stream.options)
        for bytes in try stream.messages() {
            try body(decoder, bytes)
            _ = try decoder.decode(bytes)
        }
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 4))
        case 3: bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF], at: place)
        default: bytes.replaceSubrange(place..<min(bytes.count, place + 4), with: [0x7F, 0xFF, 0xFF, 0xFF])
        }
    }
}

/// A generator with a seed (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
