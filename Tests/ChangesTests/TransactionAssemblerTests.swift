import Changes
import Pgoutput
import Postgres
import Testing

/// Tables of events: a message a line, and after the arrow what comes out; `!` begins an error, `part` asks for what there is.
@Suite struct TransactionAssemblerTests {
    @Test func aTransactionComesOutAtItsCommit() throws {
        try play(
            """
            begin 7 at 10
            relation 1 id v
            insert 1 1 a
            update 1 1 b
            update 1 key 1 ~ to 2 ^
            delete 1 key 2 ~
            message hello
            commit at 10 → 7 at 0/A end 0/B: relation t1 id,v; insert t1 (1, a); update t1 (1, b); \
            update t1 key (1, null) to (2, ^); delete t1 key (2, null); message note 'hello'
            begin 8 at 20
            commit at 20 → 8 at 0/14 end 0/15:
            begin 9 at 30
            origin elsewhere
            update 1 full 1 a to 1 ~
            delete 1 full ~ ~
            commit at 30 → 9 at 0/1E end 0/1F from elsewhere 0/4D: update t1 full (1, a) to (1, null); \
            delete t1 full (null, null)
            """)
    }

    @Test func rowsHaveTheDescriptionOfTheirPlace() throws {
        try play(
            """
            begin 7 at 10
            relation 1 id
            relation 2 id v
            insert 1 1
            insert 2 1 a
            relation 1 id w
            insert 1 2 b
            truncate 1 2 cascade restart
            commit at 10 → 7 at 0/A end 0/B: relation t1 id; relation t2 id,v; insert t1 (1); insert t2 (1, a); \
            relation t1 id,w; insert t1 (2, b); truncate ["t1", "t2"] cascade restart
            """)
    }

    @Test func largeOnesComeInParts() throws {
        try play(
            limit: 2,
            """
            begin 7 at 10
            relation 1 id
            insert 1 1 → 7 at 0/A: relation t1 id; insert t1 (1)
            insert 1 2
            insert 1 3 → … 7 at 0/A: insert t1 (2); insert t1 (3)
            commit at 10 → … 7 at 0/A end 0/B:
            begin 8 at 20
            insert 1 4
            commit at 20 → 8 at 0/14 end 0/15: insert t1 (4)
            """)
    }

    @Test func whatThereIsComesOnDemand() throws {
        try play(
            """
            part
            begin 7 at 10
            origin elsewhere
            part
            relation 1 id
            part → 7 at 0/A from elsewhere 0/4D: relation t1 id
            part
            insert 1 1
            part → … 7 at 0/A from elsewhere 0/4D: insert t1 (1)
            commit at 10 → … 7 at 0/A end 0/B from elsewhere 0/4D:
            part
            """)
    }

    @Test func whatMayBeRolledBackIsNotGivenInParts() throws {
        try play(
            limit: 1,
            """
            stream 9 first
            [9] relation 1 id
            [9] insert 1 1
            part
            stop
            part
            stream-commit 9 at 30 → 9 at 0/1E end 0/1F: relation t1 id [9]; insert t1 (1) [9]
            begin-prepare 10 at 40
            insert 1 2
            part
            prepare 10 at 40
            commit-prepared 10 at 50 → 10 at 0/32 end 0/33: insert t1 (2)
            """)
    }

    @Test func streamedTransactionsInterleave() throws {
        try play(
            """
            stream 9 first
            [9] relation 1 id
            [9] insert 1 1
            stop
            stream 20 first
            [20] relation 1 id v
            [21] insert 1 2 b
            stop
            begin 30 at 10
            relation 1 id
            insert 1 3
            commit at 10 → 30 at 0/A end 0/B: relation t1 id; insert t1 (3)
            stream 9
            [9] insert 1 4
            stop
            stream-commit 20 at 20 → 20 at 0/14 end 0/15: relation t1 id,v [20]; insert t1 (2, b) [21]
            stream-commit 9 at 30 → 9 at 0/1E end 0/1F: relation t1 id [9]; insert t1 (1) [9]; insert t1 (4) [9]
            """)
    }

    @Test func whatWasRolledBackVanishes() throws {
        try play(
            """
            stream 9 first
            [9] relation 1 id
            [9] insert 1 1
            [11] insert 1 2
            [12] relation 2 id
            [12] insert 2 3
            [12] truncate 2
            [12] message gone
            [11] insert 1 4
            stop
            stream-abort 9 12
            stream-abort 9 11
            stream-abort 9 13
            stream 9
            [14] relation 2 id v
            [14] insert 2 5 e
            [14] truncate 2
            [14] message kept
            stop
            stream-commit 9 at 30 → 9 at 0/1E end 0/1F: relation t1 id [9]; insert t1 (1) [9]; relation t2 id,v [14]; \
            insert t2 (5, e) [14]; truncate ["t2"] [14]; message note 'kept' [14]
            stream 10 first
            [10] relation 1 id
            [10] insert 1 1
            stop
            stream-abort 10 10
            stream-commit 10 at 40 → ! STREAM COMMIT at 0: expected a transaction that was streamed, found transaction 10
            """)
    }

    /// Not as a server's subtransactions nest, but each is undone for itself all the same.
    @Test func whatWasRolledBackVanishesFromTheMiddle() throws {
        try play(
            """
            stream 9 first
            [9] relation 1 id
            [11] insert 1 1
            [9] insert 1 2
            [12] insert 1 3
            [9] insert 1 4
            stop
            stream-abort 9 11
            stream-abort 9 12
            stream-commit 9 at 30 → 9 at 0/1E end 0/1F: relation t1 id [9]; insert t1 (2) [9]; insert t1 (4) [9]
            """)
    }

    @Test func aRollbackOutOfOrderFreesTheMemoryOnceItIsWhole() throws {
        for order in [["11", "12", "13"], ["13", "12", "11"], ["12", "13", "11"]] {
            var assembler = TransactionAssembler(Self.options, limit: .unlimited)
            func take(_ lines: String...) throws {
                for line in lines { #expect(try assembler.take(wire(line)) == nil) }
            }
            try take("stream 9 first", "[9] relation 1 id", "[9] insert 1 1", "stop")
            let before = assembler.bytesHeld
            try take("stream 9", "[11] insert 1 2", "[12] insert 1 3", "[13] insert 1 4", "[11] insert 1 5", "stop")
            #expect(assembler.bytesHeld > before)
            for subtransaction in order { try take("stream-abort 9 \(subtransaction)") }
            #expect(assembler.bytesHeld == before)
            try take("stream-abort 9 9")
            #expect(assembler.bytesHeld == 0)
        }
    }

    @Test func preparedOnesComeOutAtTheirCommit() throws {
        try play(
            """
            begin-prepare 9 at 10
            relation 1 id
            insert 1 1
            prepare 9 at 10
            begin 10 at 20
            insert 1 2
            commit at 20 → 10 at 0/14 end 0/15: insert t1 (2)
            commit-prepared 9 at 30 → 9 at 0/1E end 0/1F: relation t1 id; insert t1 (1)
            commit-prepared 9 at 30 → 9 was prepared before, commits at 0/1E
            begin-prepare 11 at 40
            insert 1 3
            prepare 11 at 40
            rollback-prepared 11 at 40
            rollback-prepared 11 at 40
            commit-prepared 11 at 50 → 11 was prepared before, commits at 0/32
            stream 12 first
            [12] relation 1 id
            [13] insert 1 4
            [12] insert 1 5
            stop
            stream-abort 12 13
            stream-prepare 12 at 60
            commit-prepared 12 at 70 → 12 at 0/46 end 0/47: relation t1 id [12]; insert t1 (5) [12]
            """)
    }

    @Test func theEarliestPreparedTransactionHoldsThePosition() throws {
        var assembler = TransactionAssembler(Self.options, limit: .unlimited)
        let steps: [(String, LSN?)] = [
            ("begin-prepare 9 at 10", nil), ("prepare 9 at 10", LSN(10)), ("stream 11 first", LSN(10)),
            ("stop", LSN(10)),
            ("stream-prepare 11 at 20", LSN(10)), ("rollback-prepared 9 at 10", LSN(20)),
            ("commit-prepared 11 at 30", nil),
        ]
        for (line, position) in steps {
            _ = try assembler.take(wire(line))
            #expect(assembler.earliestPrepare == position, "\(line)")
        }
    }

    @Test func messagesOutsideOfTransactionsArePassedOver() throws {
        try play(
            """
            aside hello
            begin 7 at 10
            aside hello
            commit at 10 → 7 at 0/A end 0/B:
            """)
    }

    @Test func violationsOfOrderChangeNothing() throws {
        try play(
            """
            insert 1 1 → ! INSERT at 0: expected a message that may stand outside a transaction, found INSERT
            stream 9 → ! STREAM START at 0: expected a first block, found another of transaction 9
            stream-commit 9 at 10 → ! STREAM COMMIT at 0: expected a transaction that was streamed, found transaction 9
            stream-abort 9 11 → ! STREAM ABORT at 0: expected a transaction that was streamed, found transaction 9
            stream-prepare 9 at 10 → ! STREAM PREPARE at 0: expected a transaction that was streamed, \
            found transaction 9
            begin 7 at 10
            insert 1 1 → ! INSERT at 0: expected a relation that was described, found relation 1
            truncate 1 → ! TRUNCATE at 0: expected a relation that was described, found relation 1
            relation 1 id
            insert 1 1 a → ! INSERT at 0: expected 1 columns as in the relation's description, found 2
            delete 1 key 1 a → ! DELETE at 0: expected 1 columns as in the relation's description, found 2
            insert 1 1
            stream 9 first → ! STREAM START at 0: expected a message that may stand inside a transaction, \
            found STREAM START
            commit at 11 → ! COMMIT at 2: expected LSN 0/A as in the beginning, found 0/B
            commit at 10 → 7 at 0/A end 0/B: relation t1 id; insert t1 (1)
            stream 9 first
            [9] insert 1 1 → ! INSERT at 0: expected a relation that was described, found relation 1
            [9] relation 1 id
            stop
            stream 9 first → ! STREAM START at 0: expected a transaction's only first block, \
            found another of transaction 9
            stream-abort 9 11
            stream 9
            [9] insert 1 1 → ! INSERT at 0: expected a relation that was described, found relation 1
            stop
            stream-commit 9 at 30 → 9 at 0/1E end 0/1F: relation t1 id [9]
            begin-prepare 20 at 40
            prepare 20 at 40
            begin-prepare 20 at 50 → ! BEGIN PREPARE at 0: expected a transaction that is not prepared yet, \
            found transaction 20
            stream 20 first
            stop
            stream-prepare 20 at 50 → ! STREAM PREPARE at 0: expected a transaction that is not prepared yet, \
            found transaction 20
            commit-prepared 20 at 60 → 20 at 0/3C end 0/3D:
            """)
    }

    @Test func aNewSessionBeginsWithNothing() throws {
        var assembler = TransactionAssembler(Self.options, limit: .unlimited)
        for line in ["begin-prepare 9 at 10", "relation 1 id", "prepare 9 at 10", "stream 11 first"] {
            #expect(try assembler.take(wire(line)) == nil)
        }
        assembler.restart()
        #expect(assembler.bytesHeld == 0)
        #expect(assembler.earliestPrepare == nil)
        var generations: [UInt64] = []
        for _ in 0..<2 {
            for line in ["begin 7 at 10", "relation 1 id", "commit at 10"] {
                guard case .transaction(let transaction) = try assembler.take(wire(line)) else { continue }
                generations += transaction.changes.relations.map(\.generation)
            }
            assembler.restart()
        }
        #expect(generations == [2, 3])
    }

    /// Once a buffer is large enough, rows are written where those before were.
    @Test func recycledMemoryIsUsedAgain() throws {
        var assembler = TransactionAssembler(Self.options, limit: .init(bytes: 1 << 20, changes: .max))
        var places: Set<UInt> = []
        for round in 0..<20 {
            for line in ["begin 7 at 10", "relation 1 id"] + (0..<100).map({ "insert 1 \($0)" }) + ["commit at 10"] {
                guard case .transaction(var transaction) = try assembler.take(wire(line)) else { continue }
                if round > 5, case .insert(_, let row) = transaction.changes[1] {
                    places.insert(unsafe row.terminated(0).withUnsafeBytes { UInt(bitPattern: $0.baseAddress) })
                }
                assembler.recycle(&transaction)
            }
        }
        #expect(places.count == 1)
    }

    private static let options = ProtocolOptions(version: .v4, streaming: .on)

    /// - Parameter limit: in elements.
    private func play(limit: Int = .max, _ table: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        var assembler = TransactionAssembler(Self.options, limit: .init(bytes: .max, changes: limit))
        for line in table.split(separator: "\n") {
            let sides = line.split(separator: " → ").map(String.init)
            var output = ""
            do throws(DecodingError) {
                output =
                    if sides[0] == "part" {
                        assembler.takePart().map(describe) ?? ""
                    } else {
                        try assembler.take(bytes(sides[0])).map(describe) ?? ""
                    }
            } catch {
                output = "! \(error.message ?? "") at \(error.offset): expected \(error.expected), found \(error.found)"
            }
            #expect(output == (sides.count > 1 ? sides[1] : ""), "\(sides[0])", sourceLocation: sourceLocation)
        }
    }

    private func bytes(_ line: String) -> [UInt8] {
        do { return try wire(line) } catch {
            Issue.record("\(line): \(error)")
            return []
        }
    }
}
