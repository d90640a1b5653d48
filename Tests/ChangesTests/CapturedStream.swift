import Changes
import Foundation
import Pgoutput
import Testing

/// What a server sent for a workload: the captures that Pgoutput's tests have, which see.
struct CapturedStream: Sendable, CustomTestStringConvertible {
    let name: String
    let options: ProtocolOptions

    var testDescription: String { name }
    /// The name of the SQL script that the server carried out.
    var script: String { name.components(separatedBy: "-1")[0] }

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

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "PgoutputTests/Fixtures")

    /// The messages in order, out of COPY's binary format: a header of 19 bytes, rows of one column, -1.
    func messages() throws -> [[UInt8]] {
        var rest = [UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).copy")))[19...]
        func integer(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
        var messages: [[UInt8]] = []
        while integer(rest.prefix(2)) == 1 {
            let length = integer(rest.dropFirst(2).prefix(4))
            messages.append(Array(rest.dropFirst(6).prefix(length)))
            rest = rest.dropFirst(6 + length)
        }
        try #require(rest.count == 2)
        return messages
    }

    /// All that the assembler gives out, each part for itself.
    func assembled(
        limit: TransactionAssembler.Limit = .unlimited, demandingParts: Bool = false
    ) throws -> [SourceTransaction] {
        var assembler = TransactionAssembler(options, limit: limit)
        var transactions: [SourceTransaction] = []
        for bytes in try messages() {
            if case .transaction(let transaction) = try assembler.take(bytes) { transactions.append(transaction) }
            if demandingParts, let part = assembler.takePart() { transactions.append(part) }
        }
        #expect(assembler.bytesHeld == 0)
        return transactions
    }
}

extension TransactionAssembler.Limit {
    static let unlimited = Self(bytes: .max, changes: .max)
}
