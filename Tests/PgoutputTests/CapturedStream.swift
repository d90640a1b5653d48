import Foundation
import Pgoutput
import Testing

/// What a server sent for a workload: a file of Fixtures, made by capture.sh there.
struct CapturedStream: Sendable, CustomTestStringConvertible {
    var name: String
    var options: ProtocolOptions

    var testDescription: String { name }

    static let all = [
        CapturedStream(name: "rows-15-v1-text", options: .init(version: .v1)),
        CapturedStream(name: "rows-15-v1-binary", options: .init(version: .v1)),
        CapturedStream(name: "rows-18-v4-text", options: .init(version: .v4)),
        CapturedStream(name: "streaming-15-v2", options: .init(version: .v2, streaming: .on)),
        CapturedStream(name: "streaming-16-v4-on", options: .init(version: .v4, streaming: .on)),
        CapturedStream(name: "streaming-16-v4-parallel", options: .init(version: .v4, streaming: .parallel)),
        CapturedStream(name: "streaming-18-v4-parallel", options: .init(version: .v4, streaming: .parallel)),
        CapturedStream(name: "two-phase-15-v3", options: .init(version: .v3, streaming: .on)),
        CapturedStream(name: "two-phase-18-v4", options: .init(version: .v4, streaming: .parallel)),
    ]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// The messages in order, out of COPY's binary format: a header of 19 bytes, rows of one column, -1.
    func messages() throws -> [[UInt8]] {
        let file = Self.folder.appending(path: "Fixtures/\(name).copy")
        let bytes = [UInt8](try Data(contentsOf: file))
        try #require(bytes.starts(with: Array("PGCOPY\n".utf8)))
        func integer(_ place: Range<Int>) -> Int { bytes[place].reduce(0) { $0 << 8 | Int($1) } }
        var messages: [[UInt8]] = []
        var offset = 19
        while integer(offset..<offset + 2) == 1 {
            let start = offset + 6
            offset = start + integer(offset + 2..<start)
            messages.append(Array(bytes[start..<offset]))
        }
        try #require(offset + 2 == bytes.count)
        return messages
    }
}

extension MessageDecoder {
    mutating func decode(_ bytes: [UInt8], from offset: Int = 0) throws(DecodingError) -> Message {
        // Bytes have no padding.
        try decode(unsafe bytes.span.bytes, from: offset)
    }
}
