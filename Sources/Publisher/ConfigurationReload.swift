public import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// The outcome of a reload of the server's configuration.
public struct ConfigurationReload: Sendable {
    public struct Change: Hashable, Sendable {
        public let name: String
        public let old: String
        public let new: String
    }

    /// A setting whose value in the files waits for a restart.
    public struct Pending: Hashable, Sendable {
        public let name: String
        /// In force.
        public let value: String
        /// Nil where the files may not be seen, or no longer name it.
        public let next: String?
    }

    /// The settings that took effect in this session; those that a session keeps from its beginning take effect in the
    /// next.
    public let changes: [Change]
    public let pending: [Pending]
    /// Lines without effect, and why; nil where this session's role may not see them.
    public let faults: [ConfigurationLine]?
    /// Lines of pg_hba.conf that cannot be read, or can never match; nil where this session's role may not see them.
    public let ruleFaults: [HBALine]?
    /// The server has refused the files whole: nothing of postgresql.conf took effect.
    public let isRefused: Bool
}

// The postmaster reads the configuration first and then signals its children, before it reads pg_hba.conf, and serves no
// new connection meanwhile (SIGHUP_handler in postmaster.c). So once this session's own process has read the files, a
// connection that is asked for afterwards meets the new rules.
extension Source {
    /// Has the server read its configuration files again, and waits until it has.
    ///
    /// Throws 42501, with the GRANT, where the role may not; 55000 where the server does not answer in `milliseconds`.
    public func reloadConfiguration(milliseconds: Int = 30_000) throws(PostgresError) -> ConfigurationReload {
        let before = try settingStates()
        let time = try configurationTime()
        try signalReload()
        let refusal = time.mayReadLines ? Self.refusal(try configurationLines()) : nil
        if refusal == nil { try waitUntilLoaded(after: time, milliseconds: milliseconds) }
        let after = try settingStates()
        let lines = time.mayReadLines ? try configurationLines() : nil
        let pending = after.filter(\.value.isPendingRestart)
        return ConfigurationReload(
            changes: after.keys.sorted().compactMap { name in
                guard let old = before[name]?.value, let new = after[name]?.value, old != new else { return nil }
                return ConfigurationReload.Change(name: name, old: old, new: new)
            },
            pending: pending.keys.sorted().map { name in
                ConfigurationReload.Pending(
                    name: name, value: pending[name]?.value ?? "",
                    next: lines?.last { $0.name?.lowercased() == name.lowercased() }?.value)
            },
            faults: lines?.filter { line in
                guard line.error != nil, line.file != nil else { return false }
                return line.name.map { name in pending[name] == nil } ?? true
            },
            ruleFaults: time.mayReadRules ? try hbaLines().filter { $0.error != nil } : nil,
            isRefused: refusal != nil)
    }

    private func signalReload() throws(PostgresError) {
        let signalled: Bool?
        do throws(PostgresError) {
            signalled = try connection.query(.publisherReload).rows.first?.bool("signalled")
        } catch {
            guard error.sqlState == .insufficientPrivilege else { throw error }
            var error = error
            error.hint =
                "Connect as a superuser, or have one run: "
                + "GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO \(quoteIdentifier(user));"
            throw error
        }
        guard signalled == true else {
            throw PostgresError(
                "could not ask the server to read its configuration",
                hint: "Send SIGHUP to the postmaster, or use pg_ctl reload, on the server's machine.")
        }
    }

    /// One line that cannot be read, or names an unknown setting, makes the server ignore all of them (ProcessConfigFile in
    /// guc-file.l).
    private static func refusal(_ lines: [ConfigurationLine]) -> ConfigurationLine? {
        lines.contains(where: \.isApplied) ? nil : lines.first { $0.error != nil }
    }

    private func waitUntilLoaded(after time: ConfigurationTime, milliseconds: Int) throws(PostgresError) {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        while try configurationTime().loaded == time.loaded {
            guard ContinuousClock.now < deadline else {
                throw PostgresError(
                    "the server has not read its configuration within \(milliseconds / 1000) s",
                    detail: "A line of postgresql.conf that it cannot read would make it ignore the file.",
                    hint: time.mayReadLines
                        ? "The server's log has the reason."
                        : "The server's log has the reason; this shows the lines: "
                            + "GRANT EXECUTE ON FUNCTION pg_catalog.pg_show_all_file_settings() "
                            + "TO \(quoteIdentifier(user));")
            }
            if Wait.poll([], interrupt: interrupt, milliseconds: 10) == .interrupted {
                interrupt.clear()
                throw PostgresError(
                    "did not wait: the server has been asked to read its configuration", sqlState: .queryCanceled)
            }
        }
    }
}
