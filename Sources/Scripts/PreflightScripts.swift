internal import CScripts

// sql/preflight
extension Script {
    public static let preflightDatabasePrivilege = unsafe Script(sql_preflight_database_privilege)
    public static let preflightSchemaPrivileges = unsafe Script(sql_preflight_schema_privileges)
    public static let preflightSelectPrivilege = unsafe Script(sql_preflight_select_privilege)
    public static let preflightSessionReplicationRole = unsafe Script(sql_preflight_session_replication_role)
    public static let preflightWalSenders = unsafe Script(sql_preflight_wal_senders)
}
