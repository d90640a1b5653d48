internal import Postgres

/// Writes an error or notice as libpq does for psql (fe-protocol3.c, pqBuildErrorMessage3).
struct ErrorText {
    var verbosity = ShellSettings.Verbosity.default
    var showContext = ShellSettings.ShowContext.errors
    var encoding = TextEncoding.utf8

    /// The message of an answer to a statement, `LINE 1: …` and its caret included, without a newline at its end.
    /// `statement` is what was sent; nil for notices, whose position is in it no more.
    func render(_ error: PostgresError, statement: [UInt8]?, isError: Bool = true) -> String {
        // An error that libpq itself found has no fields.
        guard error.origin == .server || !isError else { return error.message }
        var text = "\(error.severity):  "
        if verbosity == .sqlstate { return text + error.sqlState.code }
        if verbosity == .verbose { text += "\(error.sqlState.code): " }
        text += error.message
        var shown: (query: [UInt8], position: Int)?
        if let position = error.position {
            if verbosity != .terse, let statement {
                shown = (statement, position)
            } else {
                text += " at character \(position)"
            }
        } else if let position = error.internalPosition {
            if verbosity != .terse, let query = error.internalQuery {
                shown = (Array(query.utf8), position)
            } else {
                text += " at character \(position)"
            }
        }
        guard verbosity != .terse else { return text }
        if let shown, let lines = positionLines(shown.query, at: shown.position) { text += "\n" + lines }
        func add(_ label: String, _ value: String?) {
            if let value { text += "\n\(label):  \(value)" }
        }
        add("DETAIL", error.detail)
        add("HINT", error.hint)
        add("QUERY", error.internalQuery)
        if showContext == .always || showContext == .errors && isError { add("CONTEXT", error.context) }
        if verbosity == .verbose {
            add("SCHEMA NAME", error.schema)
            add("TABLE NAME", error.table)
            add("COLUMN NAME", error.column)
            add("DATATYPE NAME", error.dataType)
            add("CONSTRAINT NAME", error.constraint)
            add("LOCATION", location(error))
        }
        return text
    }

    /// This program's own errors, in the same form: severity, message, DETAIL, HINT.
    func render(own error: PostgresError) -> String {
        var error = error
        let isBare = error.origin == .connection
        error.origin = .server
        var text = render(error, statement: nil)
        // libpq's text about a connection names the server's severity itself.
        let prefix = "\(error.severity):  "
        if isBare, text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
        return text
    }

    private func location(_ error: PostgresError) -> String? {
        guard error.sourceFunction != nil || error.sourceFile != nil || error.sourceLine != nil else { return nil }
        var text = error.sourceFunction.map { "\($0), " } ?? ""
        if let file = error.sourceFile, let line = error.sourceLine { text += "\(file):\(line)" }
        return text
    }

    /// One character of the statement: where it begins, and the cell it begins at.
    private struct Place {
        var offset: Int
        var cell: Int
    }

    /// The line that holds the error, cut to 60 cells around it, and a caret below it (reportErrorPosition).
    private func positionLines(_ query: [UInt8], at position: Int) -> String? {
        let location = position - 1
        guard location >= 0 else { return nil }
        var bytes = query
        var places: [Place] = []
        var cell = 0
        var offset = 0
        var lineNumber = 1
        var first = 0
        var end: Int?
        while offset < query.count, end == nil {
            let character = places.count
            places.append(Place(offset: offset, cell: cell))
            let byte = query[offset]
            if byte == 0x09 {
                bytes[offset] = 0x20
            } else if byte == 0x0D || byte == 0x0A {
                if character < location {
                    if byte == 0x0D || character == 0 || query[places[character - 1].offset] != 0x0D {
                        lineNumber += 1
                    }
                    first = character + 1
                } else {
                    end = character
                }
            }
            let length = min(encoding.length(lead: byte), query.count - offset)
            cell += width(query, offset)
            offset += length
        }
        let count = places.count - (end == nil ? 0 : 1)
        places.append(Place(offset: offset, cell: cell))
        var last = end ?? count
        guard location <= count else { return nil }

        let displaySize = 60
        let rightMargin = 10
        var cutLeft = false
        var cutRight = false
        if places[last].cell - places[first].cell > displaySize {
            if places[first].cell + displaySize >= places[location].cell + rightMargin {
                while places[last].cell - places[first].cell > displaySize { last -= 1 }
                cutRight = true
            } else {
                while places[location].cell + rightMargin < places[last].cell {
                    last -= 1
                    cutRight = true
                }
                while places[last].cell - places[first].cell > displaySize {
                    first += 1
                    cutLeft = true
                }
            }
        }
        let label = "LINE \(lineNumber): " + (cutLeft ? "..." : "")
        let text = String(decoding: bytes[places[first].offset..<places[last].offset], as: UTF8.self)
        let indent = label.utf8.count + places[location].cell - places[first].cell
        return label + text + (cutRight ? "..." : "") + "\n" + String(repeating: " ", count: indent) + "^"
    }

    /// Cells of the character; one for control characters.
    private func width(_ query: [UInt8], _ offset: Int) -> Int {
        let length = encoding.length(lead: query[offset])
        guard offset + length <= query.count else { return 1 }
        return max(encoding.width(query.span, at: offset), 1)
    }
}
