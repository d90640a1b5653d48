import Foundation
import Postgres
import Testing

@Suite struct OrNullTests {
    private struct Document: Codable, Equatable {
        let name: String
        @OrNull var size: Int?
        @OrNull var end: String?
    }

    @Test func whatIsMissingIsWrittenAsNull() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let document = Document(name: "a", size: 1, end: nil)
        #expect(String(decoding: try encoder.encode(document), as: UTF8.self) == #"{"end":null,"name":"a","size":1}"#)
    }

    @Test(arguments: [#"{"name":"a"}"#, #"{"name":"a","size":null}"#]) func aMissingKeyIsReadAsNull(text: String) throws
    {
        let read = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        #expect(read == Document(name: "a", size: nil, end: nil))
    }
}
