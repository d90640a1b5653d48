import Foundation
import Pgoutput
import Postgres
import Testing

/// Streams that real servers sent, decoded from the first message to the last.
@Suite struct CapturedStreamTests {
    @Test(arguments: CapturedStream.all)
    func decodesAsRecorded(_ stream: CapturedStream) throws {
        var decoder = MessageDecoder(stream.options)
        var text = ""
        for bytes in try stream.messages() {
            let message = try decoder.decode(bytes)
            text += describe(message, decoder, bytes) + "\n"
        }
        try expectSnapshot(text, named: stream.name)
    }

    /// The server describes each relation before its first row, in the scope where the cache keeps it.
    @Test(arguments: CapturedStream.all)
    func everyRowHasItsDescription(_ stream: CapturedStream) throws {
        var decoder = MessageDecoder(stream.options)
        var cache = RelationCache()
        for bytes in try stream.messages() {
            let message = try decoder.decode(bytes)
            cache.observe(message)
            switch message {
            case .insert(let insert):
                let cached = try cache.relation(insert.relation, columns: decoder.newTuple.count)
                #expect(cached.relation.id == insert.relation)
            case .update(let update):
                let cached = try cache.relation(update.relation, columns: decoder.newTuple.count)
                #expect(decoder.oldTuple.count == (update.old == nil ? 0 : cached.relation.columns.count))
            case .delete(let delete):
                _ = try cache.relation(delete.relation, columns: decoder.oldTuple.count)
            case .truncate(let truncate):
                #expect(truncate.relations.allSatisfy { cache.relation($0) != nil })
            default: break
            }
        }
    }

    /// All that a message may hold is seen in some stream, so that the tests on them leave nothing out.
    @Test func streamsHoldEveryMessage() throws {
        var seen: Set<UInt8> = []
        for stream in CapturedStream.all { seen.formUnion(try stream.messages().map { $0[0] }) }
        #expect(seen == Set("BCOMRYIUDTSEcAbPKrp".utf8))
    }

    /// Compares with Snapshots/NAME.txt; with RECORD_SNAPSHOTS=1 writes it and fails.
    private func expectSnapshot(_ text: String, named name: String) throws {
        let file = CapturedStream.folder.appending(path: "Snapshots/\(name).txt")
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(file.lastPathComponent)")
        }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
}
