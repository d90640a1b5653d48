import Foundation
import Postgres
import TOMLKit

/// A configuration file, read into the keys that it sets.
struct ConfigurationFile {
    struct Entry {
        let key: Key
        let value: FileValue
        let line: Int
    }

    /// As it was named or found.
    let path: String
    let entries: [Entry]

    /// Throws for a text that is not TOML, and for an unknown key, with its line.
    init(path: String, text: String) throws(PostgresError) {
        self.path = path
        // The byte order mark that some editors write.
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        let document: TOMLTable
        do {
            document = try TOMLTable(string: text)
        } catch {
            throw Self.syntaxError(error, path: path, KeyLines(text))
        }
        let lines = KeyLines(text)
        let known = Dictionary(uniqueKeysWithValues: Key.all.map { ($0.path, $0) })
        var entries: [Entry] = []
        for (section, content) in document {
            guard let table = content.table else {
                throw Self.unknownKey([section], path: path, line: lines[[section]])
            }
            for (name, value) in table {
                guard let key = known[section + "." + name] else {
                    throw Self.unknownKey([section, name], path: path, line: lines[[section, name]])
                }
                entries.append(Entry(key: key, value: FileValue(value), line: lines[[section, name]]))
            }
            if table.isEmpty, !known.keys.contains(where: { $0.hasPrefix(section + ".") }) {
                throw Self.unknownKey([section], path: path, line: lines[[section]])
            }
        }
        self.entries = entries
    }

    private static func syntaxError(_ error: any Error, path: String, _ lines: KeyLines) -> PostgresError {
        let line = (error as? TOMLParseError)?.source.begin.line
        if let repetition = lines.repetition, line == nil || line == repetition.line {
            return PostgresError(
                "configuration key \"\(repetition.path.joined(separator: "."))\" is set twice in file \"\(path)\" line \(repetition.line)",
                detail: "Line \(lines[repetition.path]) sets it already.", hint: "Remove one of the two.",
                sqlState: .configFileError)
        }
        return PostgresError(
            "syntax error in configuration file \"\(path)\"\(line.map { " line \($0)" } ?? "")",
            detail: "The file is not valid TOML there.",
            hint: "Write [section] lines and key = value lines, strings in double quotes.",
            sqlState: .configFileError)
    }

    private static func unknownKey(_ parts: [String], path: String, line: Int) -> PostgresError {
        let written = parts.joined(separator: ".")
        let sections = Set(Key.all.compactMap { $0.path.split(separator: ".").first.map(String.init) })
        let candidates = parts.count == 1 ? sections.sorted() + Key.all.map(\.path) : Key.all.map(\.path)
        let nearest = closestMatch(to: written, among: candidates)
        return PostgresError(
            "unrecognized configuration key \"\(written)\" in file \"\(path)\" line \(line)",
            hint: ConfigurationLoader.hint(nearest),
            sqlState: .configFileError)
    }
}

extension FileValue {
    /// One value, written as in the file; nil where it is not TOML.
    init?(toml text: String) {
        guard let table = try? TOMLTable(string: "value = " + text), table.count == 1, let value = table["value"] else {
            return nil
        }
        self.init(value)
    }

    fileprivate init(_ value: any TOMLValueConvertible) {
        self =
            if let string = value.string {
                .string(string)
            } else if let integer = value.int {
                .integer(integer)
            } else if let number = value.double {
                .number(number)
            } else if let flag = value.bool {
                .flag(flag)
            } else if let array = value.array {
                .list(array.map { FileValue($0) })
            } else {
                .other(value.type.description)
            }
    }
}
