internal import Job
public import Postgres

/// Finds out, before anything is changed, whether a job can run: examines the source and the shadow by reading only, and
/// says of each fault what was found, what is needed and what mends it.
public enum Preflight {
    /// The checks, in the order in which they are run and shown.
    static let checks: [Check] = [
        connection, serverVersion, serverMinor, pooler,
        walLevel, maxReplicationSlots, maxWALSenders, replicationPrivilege, hba,
        selectPrivilege, rowSecurity, publication, followedTables, replicaIdentity, sequences,
        slot, longTransactions, walRetention,
        shadowConnection, shadowPrivilege, shadowRoom, encoding, collation, extensions, policies, compatibility,
    ]

    /// Runs all checks. A check whose server cannot be reached, or which the mode does not need, is skipped.
    ///
    /// Throws where a table that was named does not exist, and where the wait was interrupted; all else is a finding.
    public static func run(_ context: Context) throws(PostgresError) -> Report {
        let examination = try Examination(context)
        var findings: [Finding] = []
        for check in checks {
            findings.append(Finding(check, try outcome(of: check, examination)))
        }
        return Report(findings: findings, couldConnect: context.couldConnect)
    }

    private static func outcome(of check: Check, _ examination: Examination) throws(PostgresError) -> Outcome {
        if check.needs.contains(.source), !examination.canReadSource {
            return .skip("not checked, as the source cannot be read")
        }
        if check.needs.contains(.replication), examination.context.mode == .snapshot {
            return .skip("not needed to copy without following")
        }
        do throws(PostgresError) {
            return try check.run(examination)
        } catch {
            guard error.origin != .interrupted else { throw error }
            return .fail(
                "could not be checked: \(error.message)",
                hint: error.hint ?? "The server's log has the reason.")
        }
    }
}
