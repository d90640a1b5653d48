internal import Backfill
internal import Configuration
internal import Job
internal import Libpq
internal import Postgres

private struct ThrottleArguments: CommandArguments {
    var word: String?
    var rows: Int?
    var bytes: ByteSize?
    var adaptive: Bool?

    var changesNothing: Bool { rows == nil && bytes == nil && adaptive == nil }

    static var declared: [Argument<Self>] {
        [
            .operand(\.word, .words(["off", "default"])),
            .value("--rows", "N", \.rows, expected: "a number of rows; 0: no limit") { text in
                Int(text).flatMap { $0 >= 0 ? $0 : nil }
            },
            .value("--bytes", "SIZE", \.bytes, expected: "a size such as 20MB; 0: no limit") { ByteSize($0) },
            .value("--adaptive", "on|off", \.adaptive, .words(["on", "off"]), expected: "on or off") { text in
                ["on": true, "off": false][text]
            },
        ]
    }
}

extension Command {
    static let backfillThrottle = Command(
        "backfill throttle", "[--rows N] [--bytes SIZE] [--adaptive on|off] | off | default",
        help: "show or change how fast the copy may read the source, also while it runs",
        arguments: ThrottleArguments.self
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        let configured = ThrottleSettings(context.configuration.rateLimiter)
        let before = try control.throttle()
        let said: String
        if let word = arguments.word {
            guard arguments.changesNothing else {
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
        } else if arguments.changesNothing {
            said = before.map(throttleText) ?? "not known: no engine has said anything yet; configured is \(configured)"
        } else {
            let settings = try changed(before?.settings ?? configured, arguments)
            try control.setThrottle(settings)
            said = "throttle: \(settings)"
        }
        return Output([.text(said)], document: OrNull(try control.throttle()))
    }

    /// Changes only the limits that are named. Where nothing was limited before, nothing else is limited now.
    private static func changed(
        _ before: ThrottleSettings, _ arguments: ThrottleArguments
    ) throws(PostgresError) -> ThrottleSettings {
        var settings = before.isEnabled ? before : ThrottleSettings(burst: before.burst)
        settings.isEnabled = true
        if let rows = arguments.rows { settings.rowsPerSecond = rows > 0 ? rows : nil }
        if let size = arguments.bytes { settings.bytesPerSecond = size.bytes > 0 ? size.bytes : nil }
        if let isAdaptive = arguments.adaptive { settings.isAdaptive = isAdaptive }
        return settings
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
