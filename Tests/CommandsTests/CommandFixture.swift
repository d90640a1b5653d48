import Commands
import Configuration
import Foundation
import Job
import Libpq
import LocalCluster
import Postgres

/// Commands run against a database of its own on the shared source, as the shell runs them.
final class CommandFixture {
    let context: CommandContext
    /// A second session on the source, for what the test does itself.
    let connection: Connection
    let database: TestDatabase
    /// Kept as long as the commands use it.
    private let shadow: TestDatabase?
    private let asked: Questions

    init(
        _ schema: String = "", answer: String? = nil, shadow: TestDatabase? = nil,
        mode: JobMode = .hybrid, walMonitor: (warning: Int, critical: Int)? = nil,
        encoding: String? = nil
    ) throws {
        database = try SharedCluster.database(.source, encoding: encoding)
        self.shadow = shadow
        connection = try database.connect()
        if !schema.isEmpty { try connection.query(schema) }
        var configuration = Configuration()
        configuration.source.publicationName = "pub"
        configuration.source.replicationSlot = "\(database.name)_slot"
        configuration.backfill.mode = mode
        if let walMonitor {
            configuration.walMonitor.warningBytes = ByteSize(walMonitor.warning)
            configuration.walMonitor.criticalBytes = ByteSize(walMonitor.critical)
        }
        let interrupt = try Interrupt()
        let asked = Questions()
        context = CommandContext(
            configuration: configuration, interrupt: interrupt,
            source: Server(.source, database.connectionString, interrupt: interrupt),
            shadow: shadow.map { Server(.shadow, $0.connectionString, interrupt: interrupt) },
            isInteractive: answer != nil,
            ask: { question in
                asked.texts.append(question)
                return answer
            })
        self.asked = asked
    }

    private final class Questions { var texts: [String] = [] }

    var questions: [String] { asked.texts }

    /// The session of the context ends before the database is dropped, which waits for it.
    deinit {
        context.source.close()
        context.shadow?.close()
    }

    /// Runs a command with its name and words as the shell hands them over.
    func run(_ words: String...) throws(PostgresError) -> Output {
        guard let (command, rest) = CommandTable.find(words) else {
            throw PostgresError("no command \(words[0])", sqlState: .syntaxError)
        }
        return try command.run(context, command.grammar.parse(Array(rest), of: command))
    }

    func failure(_ words: String...) -> PostgresError? {
        do throws(PostgresError) {
            guard let (command, rest) = CommandTable.find(words) else { return nil }
            _ = try command.run(context, command.grammar.parse(Array(rest), of: command))
            return nil
        } catch {
            return error
        }
    }
}

extension Output {
    var tables: [OutputTable] {
        blocks.compactMap { block in
            if case .table(let table) = block { table } else { nil }
        }
    }

    var text: String {
        blocks.compactMap { block in
            if case .text(let text) = block { text } else { nil }
        }.joined(separator: "\n")
    }

    var warnings: [String] {
        blocks.compactMap { block in
            if case .warning(let text, _) = block { text } else { nil }
        }
    }

    /// The document, as `--json` prints it.
    func json() throws -> [String: Any] {
        let data = try JSONEncoder().encode(document)
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
}
