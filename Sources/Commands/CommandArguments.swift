internal import Postgres

/// The arguments after a command's name, as a value with a field for each.
///
///     struct SlotDropArguments: CommandArguments {
///         var name = ""
///         var yes = false
///         static var declared: [Argument<Self>] { [.operand(\.name, .slots), .flag("--yes", \.yes)] }
///     }
///
/// The grammar, and with it parsing, completion and help, is made of `declared`; the command reads the fields.
protocol CommandArguments: Sendable {
    init()
    /// Operands stand in the order in which they are given.
    static var declared: [Argument<Self>] { get }
}

extension CommandArguments {
    /// The fields, set from a command's words. Throws for a value that cannot be read.
    init(_ words: Arguments) throws(PostgresError) {
        self.init()
        var words = words
        for argument in Self.declared { try argument.set(&self, &words) }
    }
}

/// How an argument is written, what it completes to, and which field it sets.
struct Argument<Root: CommandArguments>: Sendable {
    typealias Field<Value> = any WritableKeyPath<Root, Value> & Sendable

    enum Form: Sendable {
        case operands(ClosedRange<Int>)
        case line(ClosedRange<Int>)
        case option(Grammar.Option)
        case plus
    }

    let form: Form
    let completion: Grammar.Completion
    /// Takes its words from the parsed ones.
    let set: @Sendable (inout Root, inout Arguments) throws(PostgresError) -> Void

    /// One word that must be given.
    static func operand(_ field: Field<String>, _ completion: Grammar.Completion = .nothing) -> Self {
        Self(form: .operands(1...1), completion: completion) { root, arguments in
            root[keyPath: field] = arguments.operands.removeFirst()
        }
    }

    /// One word, or none.
    static func operand(_ field: Field<String?>, _ completion: Grammar.Completion = .nothing) -> Self {
        Self(form: .operands(0...1), completion: completion) { root, arguments in
            if !arguments.operands.isEmpty { root[keyPath: field] = arguments.operands.removeFirst() }
        }
    }

    /// All words that are left.
    static func operands(_ field: Field<[String]>, _ completion: Grammar.Completion) -> Self {
        Self(form: .operands(Grammar.any), completion: completion) { root, arguments in
            root[keyPath: field] = arguments.operands
        }
    }

    /// The rest of the line as it was typed (`Grammar.takesLine`); empty where none is required and none is given.
    static func line(_ field: Field<String>, _ completion: Grammar.Completion, isRequired: Bool) -> Self {
        Self(form: .line((isRequired ? 1 : 0)...Int.max), completion: completion) { root, arguments in
            root[keyPath: field] = arguments.operands.joined(separator: " ")
        }
    }

    static func flag(_ name: String, _ field: Field<Bool>) -> Self {
        Self(form: .option(.flag(name)), completion: .nothing) { root, arguments in
            root[keyPath: field] = arguments.flags.contains(name)
        }
    }

    /// `+` after the name: more columns.
    static func plus(_ field: Field<Bool>) -> Self {
        Self(form: .plus, completion: .nothing) { root, arguments in root[keyPath: field] = arguments.plus }
    }

    /// An option with a value, of which `read` makes what the field holds; `placeholder` stands for it in the help.
    static func value<Value>(
        _ name: String, _ placeholder: String, _ field: Field<Value?>, _ completion: Grammar.Completion = .nothing,
        read: @escaping @Sendable (String) throws(PostgresError) -> Value
    ) -> Self {
        Self(form: .option(.value(name, placeholder, completion)), completion: .nothing) {
            root, arguments throws(PostgresError) in
            if let text = arguments.values[name] { root[keyPath: field] = try read(text) }
        }
    }

    /// The same, with one error (22023) for every text of which `read` makes nothing.
    static func value<Value>(
        _ name: String, _ placeholder: String, _ field: Field<Value?>, _ completion: Grammar.Completion = .nothing,
        expected: String, read: @escaping @Sendable (String) -> Value?
    ) -> Self {
        value(name, placeholder, field, completion) { text throws(PostgresError) in
            guard let value = read(text) else {
                throw PostgresError(
                    "invalid value for \"\(name)\": \"\(text)\"", hint: "It must be \(expected).",
                    sqlState: .invalidParameterValue)
            }
            return value
        }
    }

    static func seconds(_ name: String, _ field: Field<Double?>) -> Self {
        value(name, "SECONDS", field, expected: "a number, at least 0.0") { text in
            Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
    }
}

extension Grammar {
    init<Root>(_ declared: [Argument<Root>]) {
        var operands = 0...0
        var options: [Option] = []
        var takesPlus = false
        var takesLine = false
        for argument in declared {
            switch argument.form {
            case .operands(let count), .line(let count):
                let (upper, overflow) = operands.upperBound.addingReportingOverflow(count.upperBound)
                operands = (operands.lowerBound + count.lowerBound)...(overflow ? Int.max : upper)
                if case .line = argument.form { takesLine = true }
            case .option(let option): options.append(option)
            case .plus: takesPlus = true
            }
        }
        self.init(
            operands: operands, completion: declared.map(\.completion).first { $0 != .nothing } ?? .nothing,
            options: options, takesPlus: takesPlus, takesLine: takesLine)
    }
}

extension Command {
    /// A command whose arguments are declared by a type.
    init<Declared: CommandArguments>(
        _ name: String, _ synopsis: String, help: String, arguments: Declared.Type,
        run: @escaping @Sendable (CommandContext, Declared) throws(PostgresError) -> Output
    ) {
        self.init(name, synopsis, help: help, grammar: Grammar(Declared.declared)) {
            context, words throws(PostgresError) in
            try run(context, Declared(words))
        }
    }
}
