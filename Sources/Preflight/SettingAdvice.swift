internal import Catalog
internal import Postgres

/// How a setting that needs a restart is changed where the server is run by a service, by the service's own names.
struct SettingAdvice {
    var hint: String
    /// Nil where SQL can't do it.
    var fixSQL: String?

    init(_ setting: String, _ value: String, _ flavour: ServerFlavour) {
        let isWALLevel = setting == "wal_level"
        switch flavour {
        case .rds:
            hint =
                isWALLevel
                ? "Set rds.logical_replication to 1 in the instance's DB parameter group and reboot the instance."
                : "Set \(setting) to \(value) in the instance's DB parameter group and reboot the instance."
        case .aurora:
            hint =
                isWALLevel
                ? "Set rds.logical_replication to 1 in the DB cluster parameter group and reboot the writer instance."
                : "Set \(setting) to \(value) in the DB cluster parameter group and reboot the writer instance."
        case .cloudSQL:
            hint =
                isWALLevel
                ? "Set the database flag cloudsql.logical_decoding to on; the instance restarts."
                : "Set the database flag \(setting) to \(value); the instance restarts."
        case .alloyDB:
            hint =
                isWALLevel
                ? "Set the database flag alloydb.logical_decoding to on; the instance restarts."
                : "Set the database flag \(setting) to \(value); the instance restarts."
        case .azure:
            hint = "Set the server parameter \(setting) to \(isWALLevel ? "LOGICAL" : value) and restart the server."
        case .neon:
            hint =
                isWALLevel
                ? "Enable logical replication in the project's settings; all computes restart."
                : "Ask Neon's support to raise \(setting) to \(value)."
        case .supabase:
            hint =
                "Set it with the Supabase CLI: supabase postgres-config update --config \(setting)=\(value); "
                + "the database restarts."
        case .plain:
            hint = "Run the statement as a superuser and restart the server."
            fixSQL = "ALTER SYSTEM SET \(setting) = \(quoteLiteral(value));"
        }
    }
}
