internal import CScripts

// sql/preflight
extension Script {
    public static let preflightBackend = unsafe Script(sql_preflight_backend)
    public static let preflightColumnTypes = unsafe Script(sql_preflight_column_types)
    public static let preflightCustomSetting = unsafe Script(sql_preflight_custom_setting)
    public static let preflightDatabaseCollation = unsafe Script(sql_preflight_database_collation)
    public static let preflightDatabaseCollation14 = unsafe Script(sql_preflight_database_collation_14)
    public static let preflightDatabasePrivilege = unsafe Script(sql_preflight_database_privilege)
    public static let preflightExtensionsNeeded = unsafe Script(sql_preflight_extensions_needed)
    public static let preflightExtensionsPresent = unsafe Script(sql_preflight_extensions_present)
    public static let preflightLongTransactions = unsafe Script(sql_preflight_long_transactions)
    public static let preflightNamesNotAscii = unsafe Script(sql_preflight_names_not_ascii)
    public static let preflightPolicyRoles = unsafe Script(sql_preflight_policy_roles)
    public static let preflightRolesPresent = unsafe Script(sql_preflight_roles_present)
    public static let preflightRowSecurity = unsafe Script(sql_preflight_row_security)
    public static let preflightSchemaFeatures = unsafe Script(sql_preflight_schema_features)
    public static let preflightSchemaPrivileges = unsafe Script(sql_preflight_schema_privileges)
    public static let preflightSelectPrivilege = unsafe Script(sql_preflight_select_privilege)
    public static let preflightSequenceRoom = unsafe Script(sql_preflight_sequence_room)
    public static let preflightSessionReplicationRole = unsafe Script(sql_preflight_session_replication_role)
    public static let preflightTableCollations = unsafe Script(sql_preflight_table_collations)
    public static let preflightTableRoom = unsafe Script(sql_preflight_table_room)
    public static let preflightUnfollowed = unsafe Script(sql_preflight_unfollowed)
    public static let preflightUnknownTypes = unsafe Script(sql_preflight_unknown_types)
    public static let preflightWalSenders = unsafe Script(sql_preflight_wal_senders)
}
