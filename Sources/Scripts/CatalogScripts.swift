internal import CScripts

// sql/catalog
extension Script {
    public static let catalogColumns = unsafe Script(sql_catalog_columns)
    public static let catalogConfigurationLines = unsafe Script(sql_catalog_configuration_lines)
    public static let catalogConfigurationTime = unsafe Script(sql_catalog_configuration_time)
    public static let catalogHbaClient = unsafe Script(sql_catalog_hba_client)
    public static let catalogHbaFileChanged = unsafe Script(sql_catalog_hba_file_changed)
    public static let catalogHbaPatterns = unsafe Script(sql_catalog_hba_patterns)
    public static let catalogHbaRules = unsafe Script(sql_catalog_hba_rules)
    public static let catalogIndexes = unsafe Script(sql_catalog_indexes)
    public static let catalogPartitionLeaves = unsafe Script(sql_catalog_partition_leaves)
    public static let catalogPublicationMembers = unsafe Script(sql_catalog_publication_members)
    public static let catalogPublicationMembers10 = unsafe Script(sql_catalog_publication_members_10)
    public static let catalogPublicationSchemas = unsafe Script(sql_catalog_publication_schemas)
    public static let catalogPublicationTables = unsafe Script(sql_catalog_publication_tables)
    public static let catalogPublications = unsafe Script(sql_catalog_publications)
    public static let catalogResetSettings = unsafe Script(sql_catalog_reset_settings)
    public static let catalogRole = unsafe Script(sql_catalog_role)
    public static let catalogSchemas = unsafe Script(sql_catalog_schemas)
    public static let catalogSequences = unsafe Script(sql_catalog_sequences)
    public static let catalogServer = unsafe Script(sql_catalog_server)
    public static let catalogService = unsafe Script(sql_catalog_service)
    public static let catalogSettings = unsafe Script(sql_catalog_settings)
    public static let catalogSlots = unsafe Script(sql_catalog_slots)
    public static let catalogTableSizes = unsafe Script(sql_catalog_table_sizes)
    public static let catalogTables = unsafe Script(sql_catalog_tables)
}
