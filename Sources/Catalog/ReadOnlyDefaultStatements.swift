extension ReadOnlyDefault {
    /// The statements as one transaction that may write.
    public static func writing(_ statements: [String]) -> String {
        (["BEGIN READ WRITE"] + statements.map { $0.hasSuffix(";") ? String($0.dropLast()) : $0 } + ["COMMIT"])
            .map { $0 + ";" }.joined(separator: " ")
    }

    /// Lets the transactions of the session that follow write.
    static let writingAfterwards = "SET default_transaction_read_only = off;"
}
