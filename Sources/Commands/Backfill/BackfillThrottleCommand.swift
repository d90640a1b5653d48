internal import Backfill
internal import Configuration
internal import Libpq
internal import Postgres

extension Command {
    static let backfillThrottle = Command(
        "backfill throttle", "[--rows N] [--bytes SIZE] [--adaptive on|off] | off | default",
        help: "show or change how fast the copy may read the source, also while it runs",
        grammar: Grammar(
            operands: 0...1, completion: .words(["off", "default"]),
            options: [
                .value("--rows", "N"), .value("--bytes", "SIZE"),
                .value("--adaptive", "on|off", .words(["on", "off"])),
            ])
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let configured = ThrottleSettings(context.configuration.rateLimiter)
        let before = try control.throttle()
        let said: String
        if let word = arguments.operands.first {
            guard arguments.values.isEmpty else {
                throw PostgresError(
                    "\"\(word)\" takes no options", hint: "Say off, default, or one of --rows, --bytes, --adaptive.",
                    sqlState: .syntaxError)
            }
            switch word {
            case "off":
                try control.setThrottle(.off)
                said = "throttle: off"
            case "default":
                try control.setThrottle(nil)
                said = "throttle: as the engine's configuration has it"
            default:
                throw PostgresError(
                    "invalid argument \"\(word)\" of \"backfill throttle\"",
                    hint: "Say off, default, or one of --rows, --bytes, --adaptive.", sqlState: .syntaxError)
            }
        } else if arguments.values.isEmpty {
            said = before.map(throttleText) ?? "not known: no engine has said anything yet; configured is \(configured)"
        } else {
            let settings = try changed(before?.settings ?? configured, arguments)
            try control.setThrottle(settings)
            said = "throttle: \(settings)"
        }
        return Output([.text(said)], document: OrNull(try control.throttle()))
    }

    /// Only what is named changes. Where nothing was limited before, nothing else is limited now.
    private static func changed(
        _ before: ThrottleSettings, _ arguments: Arguments
    ) throws(PostgresError) -> ThrottleSettings {
        var settings = before.isEnabled ? before : ThrottleSettings(burst: before.burst)
        settings.isEnabled = true
        if let text = arguments.values["--rows"] {
            guard let rows = Int(text), rows >= 0 else {
                throw invalid("--rows", text, "a number of rows; 0: no limit")
            }
            settings.rowsPerSecond = rows > 0 ? rows : nil
        }
        if let text = arguments.values["--bytes"] {
            guard let size = ByteSize(text) else {
                throw invalid("--bytes", text, "a size such as 20MB; 0: no limit")
            }
            settings.bytesPerSecond = size.bytes > 0 ? size.bytes : nil
        }
        if let text = arguments.values["--adaptive"] {
            guard text == "on" || text == "off" else { throw invalid("--adaptive", text, "on or off") }
            settings.isAdaptive = text == "on"
        }
        return settings
    }

    private static func invalid(_ option: String, _ text: String, _ expected: String) -> PostgresError {
        PostgresError(
            "invalid value for \"\(option)\": \"\(text)\"", hint: "It must be \(expected).",
            sqlState: .invalidParameterValue)
    }
}

/// How the throttle stands, on one line.
func throttleText(_ throttle: ThrottleStatus) -> String {
    var parts = [throttle.settings.description]
    if throttle.share < 1 {
        var limits: [String] = []
        if let rows = throttle.currentRowsPerSecond { limits.append("\(rows) rows/s") }
        if let bytes = throttle.currentBytesPerSecond { limits.append("\(byteText(bytes))/s") }
        parts.append("now \(limits.joined(separator: ", ")) (\(Int((throttle.share * 100).rounded())) %)")
    }
    if let reason = throttle.reason { parts.append("as \(reason)") }
    if !throttle.notVisible.isEmpty {
        parts.append("not visible to the role: \(throttle.notVisible.joined(separator: ", ")) (GRANT pg_monitor)")
    }
    return parts.joined(separator: "; ")
}
