import Glibc
import Postgres

/// Errors of the program's own on standard error, in psql's forms.
struct ErrorReport {
    /// The program's name, as psql puts it first.
    let program: String

    /// A command line that cannot be read: exit status 1.
    func usage(_ error: PostgresError, seeAlso arguments: String = "--help") -> Int32 {
        let hint = error.hint.map { "\(program): hint: \($0)\n" } ?? ""
        write(
            "\(program): \(error.message)\n\(hint)\(program): hint: Try \"\(program) \(arguments)\" for more information.\n"
        )
        return 1
    }

    /// Anything else: 2 where no connection could be made, else 1.
    func failure(_ error: PostgresError) -> Int32 {
        var text =
            error.origin == .connection ? "\(program): error: \(error.message)" : "\(error.severity):  \(error.message)"
        if let detail = error.detail { text += "\nDETAIL:  \(detail)" }
        if let hint = error.hint { text += "\nHINT:  \(hint)" }
        write(text + "\n")
        return error.origin == .connection ? 2 : 1
    }

    func warning(_ message: String) { write("\(program): warning: \(message)\n") }

    /// A line for people while something takes its time.
    func progress(_ text: String) { write(text + "\n") }

    private func write(_ text: String) {
        var bytes = Array(text.utf8)
        _ = unsafe Glibc.write(2, &bytes, bytes.count)
    }
}
