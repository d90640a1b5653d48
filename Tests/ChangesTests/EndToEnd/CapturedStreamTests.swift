import Changes
import Pgoutput
import Postgres
import Testing

/// Streams that real servers sent, put together to transactions.
@Suite struct CapturedStreamTests {
    /// Every element of every transaction as the decoder has it, by a model that keeps lists of lines.
    @Test(arguments: CapturedStream.all)
    func nothingIsLostOrAdded(_ stream: CapturedStream) throws {
        let transactions = try stream.assembled()
        #expect(transactions.map(\.xid) == (try CommittedCounts(stream)).order)
        #expect(transactions.map(\.changes.count) == (try CommittedCounts(stream)).counts)
        #expect(transactions.allSatisfy { $0.isFirst && $0.isLast })
    }

    /// The tables' rows after all transactions are those that the script leaves.
    @Test(arguments: CapturedStream.all.filter { $0.script != "rows" })
    func rowsAreTheScripts(_ stream: CapturedStream) throws {
        var expected: [String: String] = [:]
        func add(_ table: String, _ ids: ClosedRange<Int>, _ value: String) {
            for id in ids { expected["\(table) \(id)"] = value }
        }
        if stream.script == "streaming" {
            for (start, letter) in [(100, "a"), (500, "e"), (600, "f"), (900, "l")] {
                add("wide", start...start + 11, "\(letter), ok")
            }
            add("wide", 1...1, "plain, ok")
            add("wide", 2...2, "after, ok")
            add("other", 300...311, "j")
            add("other", 3...3, "after")
        } else {
            add("wide", 2...2, "prepared, committed")
            add("wide", 3...3, "in between")
            add("wide", 100...111, "streamed, prepared")
        }
        var tables = TablesByKey()
        for transaction in try stream.assembled() { tables.apply(transaction.changes) }
        #expect(tables.rows == expected)
    }

    /// Servers of other versions, and other protocols, send the same of the same script. In binary, `rows` has types whose
    /// bytes are others.
    @Test(arguments: CapturedStream.all.filter { $0.name != "rows-15-v1-binary" })
    func sameAsOtherStreamsOfItsScript(_ stream: CapturedStream) throws {
        let first = try #require(CapturedStream.all.first { $0.script == stream.script })
        // A description is repeated at the server's will.
        func rows(_ stream: CapturedStream) throws -> [[String]] {
            try stream.assembled().map { transaction in
                describeElements(transaction, withSubtransactions: false).filter { !$0.hasPrefix("relation ") }
            }
        }
        #expect(try rows(stream) == rows(first))
    }

    /// Each row is the one that the decoder has at that message.
    @Test(arguments: CapturedStream.all.filter { $0.script == "rows" })
    func valuesAreTheDecoders(_ stream: CapturedStream) throws {
        var decoder = MessageDecoder(stream.options)
        var assembler = TransactionAssembler(stream.options, limit: .init(bytes: .max, changes: 1))
        var rows = 0
        for bytes in try stream.messages() {
            // Bytes have no padding.
            _ = try decoder.decode(unsafe bytes.span.bytes)
            guard case .transaction(let part) = try assembler.take(bytes), !part.changes.isEmpty else { continue }
            switch part.changes[0] {
            case .insert(_, let new): #expect(values(new) == values(decoder.newTuple, bytes))
            case .update(_, let old, let new):
                #expect(values(new) == values(decoder.newTuple, bytes))
                if let old { #expect(values(old.row) == values(decoder.oldTuple, bytes)) }
            case .delete(_, let old): #expect(values(old.row) == values(decoder.oldTuple, bytes))
            case .relation, .truncate, .message: continue
            }
            rows += 1
        }
        #expect(rows == 26)
    }

    @Test(arguments: CapturedStream.all)
    func transactionsAreInTheOrderOfTheirCommits(_ stream: CapturedStream) throws {
        let positions = try stream.assembled().map(\.commitLSN)
        #expect(positions == positions.sorted())
        #expect(Set(positions).count == positions.count)
    }

    /// What was taken in before the cut is given out as it would be without; the message, come again whole, counts.
    @Test(arguments: CapturedStream.all)
    func cutAtEveryByte(_ stream: CapturedStream) throws {
        var assembler = TransactionAssembler(stream.options, limit: .unlimited)
        var whole = assembler
        for bytes in try stream.messages() {
            let held = assembler.bytesHeld
            for length in 0..<bytes.count {
                let error = try #require(throws: DecodingError.self) { try assembler.take(Array(bytes[..<length])) }
                #expect(error.length == length)
            }
            #expect(assembler.bytesHeld == held)
            #expect(try assembler.take(bytes).map(describe) == whole.take(bytes).map(describe))
        }
    }

    @Test(arguments: CapturedStream.all)
    func insideALongerBuffer(_ stream: CapturedStream) throws {
        var assembler = TransactionAssembler(stream.options, limit: .unlimited)
        var plain = assembler
        for bytes in try stream.messages() {
            let header = [UInt8](repeating: 0xFF, count: 25)
            #expect(try assembler.take(header + bytes, from: 25).map(describe) == plain.take(bytes).map(describe))
        }
    }

    private static let tinyLimits: [TransactionAssembler.Limit] = [
        .init(bytes: .max, changes: 1), .init(bytes: .max, changes: 2), .init(bytes: 1, changes: .max),
        .init(bytes: 200, changes: .max),
    ]

    @Test(arguments: CapturedStream.all, tinyLimits)
    func inPartsTheSameAsWhole(_ stream: CapturedStream, _ limit: TransactionAssembler.Limit) throws {
        let parts = try stream.assembled(limit: limit)
        #expect(try joined(parts) == stream.assembled().map(describe))
        for part in parts where !(part.isFirst && part.isLast) { #expect(part.changes.count <= limit.changes) }
    }

    @Test(arguments: CapturedStream.all)
    func inPartsOnDemandTheSameAsWhole(_ stream: CapturedStream) throws {
        #expect(try joined(stream.assembled(demandingParts: true)) == stream.assembled().map(describe))
    }

    @Test(arguments: CapturedStream.all)
    func recycledBuffersHoldNothingOfBefore(_ stream: CapturedStream) throws {
        var assembler = TransactionAssembler(stream.options, limit: .init(bytes: 1 << 20, changes: .max))
        var lines: [String] = []
        for bytes in try stream.messages() {
            guard case .transaction(var transaction) = try assembler.take(bytes) else { continue }
            lines.append(describe(transaction))
            assembler.recycle(&transaction)
        }
        #expect(try lines == stream.assembled().map(describe))
    }

    /// A value's address can be given to libpq as it is.
    @Test(arguments: CapturedStream.all)
    func everyValueEndsInAZeroByte(_ stream: CapturedStream) throws {
        for transaction in try stream.assembled() {
            for index in 0..<transaction.changes.count {
                guard case .insert(_, let row) = transaction.changes[index] else { continue }
                for column in 0..<row.count {
                    switch row.value(column) {
                    case .text(let value), .binary(let value):
                        #expect(octets(row.terminated(column)) == octets(value) + [0])
                    case .null, .unchangedTOAST: #expect(octets(row.terminated(column)) == [])
                    }
                }
            }
        }
    }

    private func values(_ row: borrowing SourceRow) -> [String] {
        (0..<row.count).map { index in
            switch row.value(index) {
            case .null, .unchangedTOAST: "\(row.kind(index))"
            case .text(let value), .binary(let value): "\(row.kind(index)) \(octets(value))"
            }
        }
    }

    private func values(_ tuple: Tuple, _ bytes: [UInt8]) -> [String] {
        (0..<tuple.count).map { index in
            // Bytes have no padding.
            switch tuple.value(index, in: unsafe bytes.span.bytes) {
            case .null, .unchangedTOAST: "\(tuple[index].kind)"
            case .text(let value), .binary(let value): "\(tuple[index].kind) \(octets(value))"
            }
        }
    }

    /// Parts put together again; their order is checked on the way.
    private func joined(_ parts: [SourceTransaction]) throws -> [String] {
        var lines: [String] = []
        var elements: [String] = []
        var open: TransactionID?
        for part in parts {
            #expect(part.isFirst == (open == nil))
            #expect(open == nil || open == part.xid)
            elements += describeElements(part)
            open = part.isLast ? nil : part.xid
            guard part.isLast else { continue }
            let line = describe(part)
            let head = try #require(line.firstRange(of: ":")).lowerBound
            let title = line[..<head].trimmingPrefix("… ")
            lines.append(title + ":" + (elements.isEmpty ? "" : " ") + elements.joined(separator: "; "))
            elements = []
        }
        #expect(open == nil)
        return lines
    }
}
