import Glibc
internal import Libpq

/// `\watch`: a statement again and again, until it fails or Ctrl-C (command.c, do_watch).
extension CommandCall {
    func watch() -> CommandResult {
        var seconds = 2.0
        if let text = argument(strippingSemicolons: true) {
            seconds = unsafe strtod(text, nil)
            if !(seconds > 0) { seconds = 1 }
        }
        scan.recallPreviousIfEmpty()
        defer {
            if scan.query != nil { scan.query = [] }
            scan.lexer.reset()
        }
        guard let query = scan.query, !query.isEmpty else {
            log.error("\\watch cannot be used with an empty query")
            return .failed
        }
        guard session.connection != nil else {
            log.error("You are currently not connected to a database.")
            return .failed
        }
        return result(repeatStatement(query, every: seconds))
    }

    private func repeatStatement(_ query: [UInt8], every seconds: Double) -> Bool {
        var options = session.printOptions
        options.pager = .off
        let title = options.title
        let interval = Duration.seconds(seconds)
        var next = ContinuousClock.now
        while true {
            let stamp = Self.localTime() + " (every \(Self.general(seconds))s)\n"
            options.title = title.map { "\($0)\t\(stamp)" } ?? stamp
            var run = ShellSession.Run()
            let outcome = session.processResults(
                of: query, &run, watch: .init(printOptions: options, output: log.queryOutput))
            if session.isTiming { session.standardOutput.write(Timing.describe(milliseconds: run.milliseconds)) }
            // A ^C that the terminal echoed must not stand before the next prompt.
            if outcome != .succeeded {
                session.standardOutput.write("\n")
                return outcome == .interrupted
            }
            log.flush()

            // A statement that took longer than the interval does not make the next ones pile up.
            next = max(next.advanced(by: interval), .now)
            let pause = Int(ContinuousClock.now.duration(to: next) / .milliseconds(1))
            if Wait.poll([], interrupt: session.interrupt, milliseconds: max(0, pause)) == .interrupted {
                session.standardOutput.write("\n")
                return true
            }
        }
    }

    /// The time in the locale's own form (strftime %c).
    private static func localTime() -> String {
        var now = time(nil)
        var parts = unsafe tm()
        unsafe localtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 128)
        unsafe strftime(&text, text.count, "%c", &parts)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// As printf's %g writes a number of seconds.
    private static func general(_ seconds: Double) -> String {
        seconds == seconds.rounded() && abs(seconds) < 1e6 ? String(Int(seconds)) : String(seconds)
    }
}
