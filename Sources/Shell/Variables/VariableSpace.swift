internal import Postgres

/// The shell's variables, with the special ones checked as they are set (variables.c, startup.c).
struct VariableSpace {
    /// How a special variable treats a new value.
    struct Hook: Sendable {
        /// The value that stands for unset, or for an empty one.
        var substitute: @Sendable (String?) -> String? = { $0 }
        /// Takes the value into force, or says why it cannot be.
        var assign: @Sendable (String?, inout ShellSettings) throws(PostgresError) -> Void
    }

    private(set) var settings = ShellSettings()
    private var values: [String: String] = [:]
    private let hooks: [String: Hook]

    init(hooks: [String: Hook] = SpecialVariables.hooks) {
        self.hooks = hooks
        for (name, hook) in hooks {
            let value = hook.substitute(nil)
            values[name] = value
            // The values for unset are all valid.
            try? hook.assign(value, &settings)
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// Names and values in the order of their bytes.
    var all: [(name: String, value: String)] {
        values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
    }

    /// Names of the special variables, set or not.
    var specialNames: [String] { hooks.keys.sorted() }

    func isSpecial(_ name: String) -> Bool { hooks[name] != nil }

    /// Sets a variable, or unsets it where the value is nil. An invalid value of a special variable is refused and the
    /// old one stays.
    mutating func set(_ name: String, _ value: String?) throws(PostgresError) {
        guard !name.isEmpty, name.utf8.allSatisfy(CharacterClass.isVariable) else {
            if value == nil { return }
            throw PostgresError("invalid variable name: \"\(name)\"", sqlState: .invalidParameterValue)
        }
        guard let hook = hooks[name] else {
            values[name] = value
            return
        }
        let value = hook.substitute(value)
        try hook.assign(value, &settings)
        values[name] = value
    }
}
