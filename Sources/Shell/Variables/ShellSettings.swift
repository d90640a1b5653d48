/// The values of the special variables, ready for use (manual, psql "Variables").
struct ShellSettings: Sendable {
    enum Echo: String, CaseIterable, Sendable { case none, errors, queries, all }
    enum EchoHidden: String, Sendable { case off, on, noexec }
    enum ErrorRollback: String, Sendable { case off, on, interactive }
    enum Verbosity: String, CaseIterable, Sendable { case `default`, verbose, terse, sqlstate }
    enum ShowContext: String, CaseIterable, Sendable { case never, errors, always }
    enum KeywordCase: String, CaseIterable, Sendable {
        case lower, upper
        case preserveLower = "preserve-lower"
        case preserveUpper = "preserve-upper"
    }
    enum HistoryControl: String, CaseIterable, Sendable { case none, ignorespace, ignoredups, ignoreboth }

    var autocommit = true
    var onErrorStop = false
    var quiet = false
    var singleLine = false
    var singleStep = false
    var showAllResults = true
    var hideCompression = false
    var hideTableAccessMethod = false
    /// Rows a portion; 0 fetches all at once.
    var fetchCount = 0
    var historySize = 500
    /// End-of-file characters in a row that it takes to leave.
    var ignoreEOF = 0
    var echo = Echo.none
    var echoHidden = EchoHidden.off
    var onErrorRollback = ErrorRollback.off
    var keywordCase = KeywordCase.preserveUpper
    var historyControl = HistoryControl.none
    var verbosity = Verbosity.default
    var showContext = ShowContext.errors
    var prompt1 = ""
    var prompt2 = ""
    var prompt3 = ""
}
