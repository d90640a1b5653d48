import Pgoutput
import Postgres
import Testing

/// Which description counts for a row, by what the server has sent in which transaction.
@Suite struct RelationCacheTests {
    /// A session: a decoder and its cache.
    private struct Session {
        var decoder = MessageDecoder(.init(version: .v4, streaming: .on))
        var cache = RelationCache()

        mutating func take(_ messages: MessageBytes...) throws {
            for message in messages { cache.observe(try decoder.decode(message.bytes)) }
        }

        func columns(_ id: UInt32) -> [String]? { cache.relation(OID(id))?.relation.columns.map(\.name) }
    }

    @Test func repeatReplaces() throws {
        var session = Session()
        try session.take(.begin(), .relation(1, ["a"]))
        let first = try session.cache.relation(OID(1), columns: 1)
        try session.take(.relation(1, ["a", "b"]), .relation(2, ["c"]))
        let second = try session.cache.relation(OID(1), columns: 2)
        #expect(second.generation > first.generation)
        #expect(session.columns(1) == ["a", "b"])
        try session.take(.relation(1, ["a", "b"]))
        #expect(try session.cache.relation(OID(1), columns: 2).generation > second.generation)
    }

    @Test func unknownRelationAndOtherWidthAreRefused() throws {
        var session = Session()
        let unknown = try #require(throws: PostgresError.self) { try session.cache.relation(OID(1), columns: 1) }
        #expect(unknown.sqlState == .protocolViolation)
        try session.take(.begin(), .relation(1, ["a"]))
        let width = try #require(throws: PostgresError.self) { try session.cache.relation(OID(1), columns: 2) }
        #expect(width.message == "the source sent a row of another width than its table public.t")
        #expect(width.detail == "The row has 2 columns, the description 1.")
    }

    @Test func clearForgetsButCountsOn() throws {
        var session = Session()
        try session.take(.begin(), .relation(1, ["a"]), .type(5, "mood"))
        let before = try session.cache.relation(OID(1), columns: 1).generation
        session.cache.clear()
        session.decoder = MessageDecoder(session.decoder.options)
        #expect(session.columns(1) == nil)
        #expect(session.cache.type(OID(5)) == nil)
        try session.take(.begin(), .relation(1, ["a"]))
        #expect(try session.cache.relation(OID(1), columns: 1).generation > before)
    }

    @Test func clearLeavesAStream() throws {
        var session = Session()
        try session.take(.streamStart(9), .relation(1, ["a"], xid: 9))
        session.cache.clear()
        session.decoder = MessageDecoder(session.decoder.options)
        try session.take(.begin(), .relation(1, ["b"]))
        #expect(session.columns(1) == ["b"])
    }

    @Test func streamedCountsForItsTransactionUntilItCommits() throws {
        var session = Session()
        try session.take(.begin(), .relation(1, ["a"]), .type(5, "old"), .commit())
        try session.take(.streamStart(9))
        #expect(session.columns(1) == nil)
        try session.take(.relation(1, ["a", "b"], xid: 11), .type(5, "new", xid: 11))
        #expect(session.columns(1) == ["a", "b"])
        try session.take(.streamStop)
        #expect(session.columns(1) == ["a"])
        try session.take(.streamStart(10))
        #expect(session.columns(1) == nil)
        try session.take(.streamStop, .streamStart(9))
        #expect(session.columns(1) == ["a", "b"])
        #expect(session.cache.type(OID(5)) == QualifiedName(schema: "public", name: "new"))
        try session.take(.streamStop, .streamCommit(9))
        #expect(session.columns(1) == ["a", "b"])
        #expect(session.cache.type(OID(5)) == QualifiedName(schema: "public", name: "new"))
    }

    @Test func commitKeepsWhatWasToldToAllSince() throws {
        var session = Session()
        try session.take(.streamStart(9), .relation(1, ["a"], xid: 9), .relation(2, ["c"], xid: 9), .streamStop)
        try session.take(.begin(), .relation(1, ["b"]), .commit())
        try session.take(.streamCommit(9))
        #expect(session.columns(1) == ["b"])
        #expect(session.columns(2) == ["c"])
    }

    @Test(arguments: [
        MessageBytes.streamAbort(9, 9), MessageBytes.streamAbort(9, 11), MessageBytes.streamPrepare(9),
    ])
    func abortAndPrepareForget(_ end: MessageBytes) throws {
        var session = Session()
        try session.take(.begin(), .relation(1, ["a"]), .commit())
        try session.take(.streamStart(9), .relation(1, ["b"], xid: 9), .streamStop, end)
        #expect(session.columns(1) == ["a"])
        try session.take(.streamStart(9))
        #expect(session.columns(1) == nil)
    }
}
