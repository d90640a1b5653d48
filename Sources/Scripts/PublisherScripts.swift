internal import CScripts

// sql/publisher
extension Script {
    public static let publisherExportSnapshot = unsafe Script(sql_publisher_export_snapshot)
    public static let publisherFunctionPath = unsafe Script(sql_publisher_function_path)
    public static let publisherNotNullConstraints = unsafe Script(sql_publisher_not_null_constraints)
    public static let publisherPartitions = unsafe Script(sql_publisher_partitions)
    public static let publisherPosition = unsafe Script(sql_publisher_position)
    public static let publisherPublicationBegin = unsafe Script(sql_publisher_publication_begin)
    public static let publisherPublicationCommit = unsafe Script(sql_publisher_publication_commit)
    public static let publisherPublicationMarks = unsafe Script(sql_publisher_publication_marks)
    public static let publisherPublicationRelease = unsafe Script(sql_publisher_publication_release)
    public static let publisherPublicationRollback = unsafe Script(sql_publisher_publication_rollback)
    public static let publisherPublicationSavepoint = unsafe Script(sql_publisher_publication_savepoint)
    public static let publisherPublicationUndo = unsafe Script(sql_publisher_publication_undo)
    public static let publisherReload = unsafe Script(sql_publisher_reload)
    public static let publisherSchemaObjects = unsafe Script(sql_publisher_schema_objects)
    public static let publisherSenderTimeout = unsafe Script(sql_publisher_sender_timeout)
    public static let publisherSessionTerminate = unsafe Script(sql_publisher_session_terminate)
    public static let publisherSlotBlockers = unsafe Script(sql_publisher_slot_blockers)
    public static let publisherSlotCreate = unsafe Script(sql_publisher_slot_create)
    public static let publisherSlotDrop = unsafe Script(sql_publisher_slot_drop)
    public static let publisherTableEstimates = unsafe Script(sql_publisher_table_estimates)
    public static let publisherTableNames = unsafe Script(sql_publisher_table_names)
    public static let publisherTablePages = unsafe Script(sql_publisher_table_pages)
    public static let publisherTableRewritten = unsafe Script(sql_publisher_table_rewritten)
}
