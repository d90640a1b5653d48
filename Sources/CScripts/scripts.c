// Embeds the files of sql/, so that the binary carries what the folder shows.
#include "CScripts.h"

// Gathers the constants below in a section of their own (structs of pointers are what the linker relocates), of which it
// makes known both ends: so a test can enumerate them.
#pragma clang section relro = "sql_scripts"

static const char catalog_attachments[] = {
#embed "../../sql/catalog/attachments.sql"
    , 0};
const struct sql_script sql_catalog_attachments = {"catalog/attachments", catalog_attachments};

static const char catalog_attachments_of[] = {
#embed "../../sql/catalog/attachments_of.sql"
    , 0};
const struct sql_script sql_catalog_attachments_of = {"catalog/attachments_of", catalog_attachments_of};

static const char catalog_columns[] = {
#embed "../../sql/catalog/columns.sql"
    , 0};
const struct sql_script sql_catalog_columns = {"catalog/columns", catalog_columns};

static const char catalog_configuration_lines[] = {
#embed "../../sql/catalog/configuration_lines.sql"
    , 0};
const struct sql_script sql_catalog_configuration_lines = {"catalog/configuration_lines", catalog_configuration_lines};

static const char catalog_configuration_time[] = {
#embed "../../sql/catalog/configuration_time.sql"
    , 0};
const struct sql_script sql_catalog_configuration_time = {"catalog/configuration_time", catalog_configuration_time};

static const char catalog_event_triggers[] = {
#embed "../../sql/catalog/event_triggers.sql"
    , 0};
const struct sql_script sql_catalog_event_triggers = {"catalog/event_triggers", catalog_event_triggers};

static const char catalog_hba_client[] = {
#embed "../../sql/catalog/hba_client.sql"
    , 0};
const struct sql_script sql_catalog_hba_client = {"catalog/hba_client", catalog_hba_client};

static const char catalog_hba_file_changed[] = {
#embed "../../sql/catalog/hba_file_changed.sql"
    , 0};
const struct sql_script sql_catalog_hba_file_changed = {"catalog/hba_file_changed", catalog_hba_file_changed};

static const char catalog_hba_patterns[] = {
#embed "../../sql/catalog/hba_patterns.sql"
    , 0};
const struct sql_script sql_catalog_hba_patterns = {"catalog/hba_patterns", catalog_hba_patterns};

static const char catalog_hba_rules[] = {
#embed "../../sql/catalog/hba_rules.sql"
    , 0};
const struct sql_script sql_catalog_hba_rules = {"catalog/hba_rules", catalog_hba_rules};

static const char catalog_indexes[] = {
#embed "../../sql/catalog/indexes.sql"
    , 0};
const struct sql_script sql_catalog_indexes = {"catalog/indexes", catalog_indexes};

static const char catalog_load[] = {
#embed "../../sql/catalog/load.sql"
    , 0};
const struct sql_script sql_catalog_load = {"catalog/load", catalog_load};

static const char catalog_load_writes[] = {
#embed "../../sql/catalog/load_writes.sql"
    , 0};
const struct sql_script sql_catalog_load_writes = {"catalog/load_writes", catalog_load_writes};

static const char catalog_load_writes_16[] = {
#embed "../../sql/catalog/load_writes_16.sql"
    , 0};
const struct sql_script sql_catalog_load_writes_16 = {"catalog/load_writes_16", catalog_load_writes_16};

static const char catalog_partition_leaves[] = {
#embed "../../sql/catalog/partition_leaves.sql"
    , 0};
const struct sql_script sql_catalog_partition_leaves = {"catalog/partition_leaves", catalog_partition_leaves};

static const char catalog_publication_members[] = {
#embed "../../sql/catalog/publication_members.sql"
    , 0};
const struct sql_script sql_catalog_publication_members = {"catalog/publication_members", catalog_publication_members};

static const char catalog_publication_members_10[] = {
#embed "../../sql/catalog/publication_members_10.sql"
    , 0};
const struct sql_script sql_catalog_publication_members_10 = {"catalog/publication_members_10", catalog_publication_members_10};

static const char catalog_publication_schemas[] = {
#embed "../../sql/catalog/publication_schemas.sql"
    , 0};
const struct sql_script sql_catalog_publication_schemas = {"catalog/publication_schemas", catalog_publication_schemas};

static const char catalog_publication_tables[] = {
#embed "../../sql/catalog/publication_tables.sql"
    , 0};
const struct sql_script sql_catalog_publication_tables = {"catalog/publication_tables", catalog_publication_tables};

static const char catalog_publications[] = {
#embed "../../sql/catalog/publications.sql"
    , 0};
const struct sql_script sql_catalog_publications = {"catalog/publications", catalog_publications};

static const char catalog_read_only[] = {
#embed "../../sql/catalog/read_only.sql"
    , 0};
const struct sql_script sql_catalog_read_only = {"catalog/read_only", catalog_read_only};

static const char catalog_replication_role[] = {
#embed "../../sql/catalog/replication_role.sql"
    , 0};
const struct sql_script sql_catalog_replication_role = {"catalog/replication_role", catalog_replication_role};

static const char catalog_replication_role_creators[] = {
#embed "../../sql/catalog/replication_role_creators.sql"
    , 0};
const struct sql_script sql_catalog_replication_role_creators = {"catalog/replication_role_creators", catalog_replication_role_creators};

static const char catalog_replication_role_database[] = {
#embed "../../sql/catalog/replication_role_database.sql"
    , 0};
const struct sql_script sql_catalog_replication_role_database = {"catalog/replication_role_database", catalog_replication_role_database};

static const char catalog_replication_role_relations[] = {
#embed "../../sql/catalog/replication_role_relations.sql"
    , 0};
const struct sql_script sql_catalog_replication_role_relations = {"catalog/replication_role_relations", catalog_replication_role_relations};

static const char catalog_replication_role_schemas[] = {
#embed "../../sql/catalog/replication_role_schemas.sql"
    , 0};
const struct sql_script sql_catalog_replication_role_schemas = {"catalog/replication_role_schemas", catalog_replication_role_schemas};

static const char catalog_reset_settings[] = {
#embed "../../sql/catalog/reset_settings.sql"
    , 0};
const struct sql_script sql_catalog_reset_settings = {"catalog/reset_settings", catalog_reset_settings};

static const char catalog_role[] = {
#embed "../../sql/catalog/role.sql"
    , 0};
const struct sql_script sql_catalog_role = {"catalog/role", catalog_role};

static const char catalog_schema_columns[] = {
#embed "../../sql/catalog/schema_columns.sql"
    , 0};
const struct sql_script sql_catalog_schema_columns = {"catalog/schema_columns", catalog_schema_columns};

static const char catalog_schema_comments[] = {
#embed "../../sql/catalog/schema_comments.sql"
    , 0};
const struct sql_script sql_catalog_schema_comments = {"catalog/schema_comments", catalog_schema_comments};

static const char catalog_schema_constraints[] = {
#embed "../../sql/catalog/schema_constraints.sql"
    , 0};
const struct sql_script sql_catalog_schema_constraints = {"catalog/schema_constraints", catalog_schema_constraints};

static const char catalog_schema_named[] = {
#embed "../../sql/catalog/schema_named.sql"
    , 0};
const struct sql_script sql_catalog_schema_named = {"catalog/schema_named", catalog_schema_named};

static const char catalog_schema_operators[] = {
#embed "../../sql/catalog/schema_operators.sql"
    , 0};
const struct sql_script sql_catalog_schema_operators = {"catalog/schema_operators", catalog_schema_operators};

static const char catalog_schema_parts[] = {
#embed "../../sql/catalog/schema_parts.sql"
    , 0};
const struct sql_script sql_catalog_schema_parts = {"catalog/schema_parts", catalog_schema_parts};

static const char catalog_schema_relations[] = {
#embed "../../sql/catalog/schema_relations.sql"
    , 0};
const struct sql_script sql_catalog_schema_relations = {"catalog/schema_relations", catalog_schema_relations};

static const char catalog_schema_tables[] = {
#embed "../../sql/catalog/schema_tables.sql"
    , 0};
const struct sql_script sql_catalog_schema_tables = {"catalog/schema_tables", catalog_schema_tables};

static const char catalog_schema_types[] = {
#embed "../../sql/catalog/schema_types.sql"
    , 0};
const struct sql_script sql_catalog_schema_types = {"catalog/schema_types", catalog_schema_types};

static const char catalog_schemas[] = {
#embed "../../sql/catalog/schemas.sql"
    , 0};
const struct sql_script sql_catalog_schemas = {"catalog/schemas", catalog_schemas};

static const char catalog_schemas_with_tables[] = {
#embed "../../sql/catalog/schemas_with_tables.sql"
    , 0};
const struct sql_script sql_catalog_schemas_with_tables = {"catalog/schemas_with_tables", catalog_schemas_with_tables};

static const char catalog_sequences[] = {
#embed "../../sql/catalog/sequences.sql"
    , 0};
const struct sql_script sql_catalog_sequences = {"catalog/sequences", catalog_sequences};

static const char catalog_server[] = {
#embed "../../sql/catalog/server.sql"
    , 0};
const struct sql_script sql_catalog_server = {"catalog/server", catalog_server};

static const char catalog_service[] = {
#embed "../../sql/catalog/service.sql"
    , 0};
const struct sql_script sql_catalog_service = {"catalog/service", catalog_service};

static const char catalog_settings[] = {
#embed "../../sql/catalog/settings.sql"
    , 0};
const struct sql_script sql_catalog_settings = {"catalog/settings", catalog_settings};

static const char catalog_slots[] = {
#embed "../../sql/catalog/slots.sql"
    , 0};
const struct sql_script sql_catalog_slots = {"catalog/slots", catalog_slots};

static const char catalog_table_sizes[] = {
#embed "../../sql/catalog/table_sizes.sql"
    , 0};
const struct sql_script sql_catalog_table_sizes = {"catalog/table_sizes", catalog_table_sizes};

static const char catalog_tables[] = {
#embed "../../sql/catalog/tables.sql"
    , 0};
const struct sql_script sql_catalog_tables = {"catalog/tables", catalog_tables};

static const char catalog_text[] = {
#embed "../../sql/catalog/text.sql"
    , 0};
const struct sql_script sql_catalog_text = {"catalog/text", catalog_text};

static const char catalog_text_release[] = {
#embed "../../sql/catalog/text_release.sql"
    , 0};
const struct sql_script sql_catalog_text_release = {"catalog/text_release", catalog_text_release};

static const char catalog_text_savepoint[] = {
#embed "../../sql/catalog/text_savepoint.sql"
    , 0};
const struct sql_script sql_catalog_text_savepoint = {"catalog/text_savepoint", catalog_text_savepoint};

static const char catalog_text_undo[] = {
#embed "../../sql/catalog/text_undo.sql"
    , 0};
const struct sql_script sql_catalog_text_undo = {"catalog/text_undo", catalog_text_undo};

static const char catalog_wal[] = {
#embed "../../sql/catalog/wal.sql"
    , 0};
const struct sql_script sql_catalog_wal = {"catalog/wal", catalog_wal};

static const char catalog_wal_files[] = {
#embed "../../sql/catalog/wal_files.sql"
    , 0};
const struct sql_script sql_catalog_wal_files = {"catalog/wal_files", catalog_wal_files};

static const char demo_data[] = {
#embed "../../sql/demo/data.sql"
    , 0};
const struct sql_script sql_demo_data = {"demo/data", demo_data};

static const char demo_keys[] = {
#embed "../../sql/demo/keys.sql"
    , 0};
const struct sql_script sql_demo_keys = {"demo/keys", demo_keys};

static const char demo_schema[] = {
#embed "../../sql/demo/schema.sql"
    , 0};
const struct sql_script sql_demo_schema = {"demo/schema", demo_schema};

static const char demo_traffic[] = {
#embed "../../sql/demo/traffic.sql"
    , 0};
const struct sql_script sql_demo_traffic = {"demo/traffic", demo_traffic};

static const char describe_check_constraints[] = {
#embed "../../sql/describe/check_constraints.sql"
    , 0};
const struct sql_script sql_describe_check_constraints = {"describe/check_constraints", describe_check_constraints};

static const char describe_children[] = {
#embed "../../sql/describe/children.sql"
    , 0};
const struct sql_script sql_describe_children = {"describe/children", describe_children};

static const char describe_completion_names[] = {
#embed "../../sql/describe/completion_names.sql"
    , 0};
const struct sql_script sql_describe_completion_names = {"describe/completion_names", describe_completion_names};

static const char describe_completion_relations[] = {
#embed "../../sql/describe/completion_relations.sql"
    , 0};
const struct sql_script sql_describe_completion_relations = {"describe/completion_relations", describe_completion_relations};

static const char describe_databases[] = {
#embed "../../sql/describe/databases.sql"
    , 0};
const struct sql_script sql_describe_databases = {"describe/databases", describe_databases};

static const char describe_domains[] = {
#embed "../../sql/describe/domains.sql"
    , 0};
const struct sql_script sql_describe_domains = {"describe/domains", describe_domains};

static const char describe_event_triggers[] = {
#embed "../../sql/describe/event_triggers.sql"
    , 0};
const struct sql_script sql_describe_event_triggers = {"describe/event_triggers", describe_event_triggers};

static const char describe_extension_objects[] = {
#embed "../../sql/describe/extension_objects.sql"
    , 0};
const struct sql_script sql_describe_extension_objects = {"describe/extension_objects", describe_extension_objects};

static const char describe_extensions[] = {
#embed "../../sql/describe/extensions.sql"
    , 0};
const struct sql_script sql_describe_extensions = {"describe/extensions", describe_extensions};

static const char describe_foreign_keys[] = {
#embed "../../sql/describe/foreign_keys.sql"
    , 0};
const struct sql_script sql_describe_foreign_keys = {"describe/foreign_keys", describe_foreign_keys};

static const char describe_foreign_keys_11[] = {
#embed "../../sql/describe/foreign_keys_11.sql"
    , 0};
const struct sql_script sql_describe_foreign_keys_11 = {"describe/foreign_keys_11", describe_foreign_keys_11};

static const char describe_foreign_table[] = {
#embed "../../sql/describe/foreign_table.sql"
    , 0};
const struct sql_script sql_describe_foreign_table = {"describe/foreign_table", describe_foreign_table};

static const char describe_functions[] = {
#embed "../../sql/describe/functions.sql"
    , 0};
const struct sql_script sql_describe_functions = {"describe/functions", describe_functions};

static const char describe_functions_10[] = {
#embed "../../sql/describe/functions_10.sql"
    , 0};
const struct sql_script sql_describe_functions_10 = {"describe/functions_10", describe_functions_10};

static const char describe_functions_13[] = {
#embed "../../sql/describe/functions_13.sql"
    , 0};
const struct sql_script sql_describe_functions_13 = {"describe/functions_13", describe_functions_13};

static const char describe_index[] = {
#embed "../../sql/describe/index.sql"
    , 0};
const struct sql_script sql_describe_index = {"describe/index", describe_index};

static const char describe_indexes[] = {
#embed "../../sql/describe/indexes.sql"
    , 0};
const struct sql_script sql_describe_indexes = {"describe/indexes", describe_indexes};

static const char describe_parameters[] = {
#embed "../../sql/describe/parameters.sql"
    , 0};
const struct sql_script sql_describe_parameters = {"describe/parameters", describe_parameters};

static const char describe_parameters_verbose[] = {
#embed "../../sql/describe/parameters_verbose.sql"
    , 0};
const struct sql_script sql_describe_parameters_verbose = {"describe/parameters_verbose", describe_parameters_verbose};

static const char describe_parents[] = {
#embed "../../sql/describe/parents.sql"
    , 0};
const struct sql_script sql_describe_parents = {"describe/parents", describe_parents};

static const char describe_partition[] = {
#embed "../../sql/describe/partition.sql"
    , 0};
const struct sql_script sql_describe_partition = {"describe/partition", describe_partition};

static const char describe_partition_key[] = {
#embed "../../sql/describe/partition_key.sql"
    , 0};
const struct sql_script sql_describe_partition_key = {"describe/partition_key", describe_partition_key};

static const char describe_partitioned[] = {
#embed "../../sql/describe/partitioned.sql"
    , 0};
const struct sql_script sql_describe_partitioned = {"describe/partitioned", describe_partitioned};

static const char describe_partitioned_11[] = {
#embed "../../sql/describe/partitioned_11.sql"
    , 0};
const struct sql_script sql_describe_partitioned_11 = {"describe/partitioned_11", describe_partitioned_11};

static const char describe_policies[] = {
#embed "../../sql/describe/policies.sql"
    , 0};
const struct sql_script sql_describe_policies = {"describe/policies", describe_policies};

static const char describe_privileges[] = {
#embed "../../sql/describe/privileges.sql"
    , 0};
const struct sql_script sql_describe_privileges = {"describe/privileges", describe_privileges};

static const char describe_publication_schemas[] = {
#embed "../../sql/describe/publication_schemas.sql"
    , 0};
const struct sql_script sql_describe_publication_schemas = {"describe/publication_schemas", describe_publication_schemas};

static const char describe_publication_tables[] = {
#embed "../../sql/describe/publication_tables.sql"
    , 0};
const struct sql_script sql_describe_publication_tables = {"describe/publication_tables", describe_publication_tables};

static const char describe_publication_tables_14[] = {
#embed "../../sql/describe/publication_tables_14.sql"
    , 0};
const struct sql_script sql_describe_publication_tables_14 = {"describe/publication_tables_14", describe_publication_tables_14};

static const char describe_publications[] = {
#embed "../../sql/describe/publications.sql"
    , 0};
const struct sql_script sql_describe_publications = {"describe/publications", describe_publications};

static const char describe_references[] = {
#embed "../../sql/describe/references.sql"
    , 0};
const struct sql_script sql_describe_references = {"describe/references", describe_references};

static const char describe_references_11[] = {
#embed "../../sql/describe/references_11.sql"
    , 0};
const struct sql_script sql_describe_references_11 = {"describe/references_11", describe_references_11};

static const char describe_relation[] = {
#embed "../../sql/describe/relation.sql"
    , 0};
const struct sql_script sql_describe_relation = {"describe/relation", describe_relation};

static const char describe_relation_columns[] = {
#embed "../../sql/describe/relation_columns.sql"
    , 0};
const struct sql_script sql_describe_relation_columns = {"describe/relation_columns", describe_relation_columns};

static const char describe_relation_publications[] = {
#embed "../../sql/describe/relation_publications.sql"
    , 0};
const struct sql_script sql_describe_relation_publications = {"describe/relation_publications", describe_relation_publications};

static const char describe_relation_publications_14[] = {
#embed "../../sql/describe/relation_publications_14.sql"
    , 0};
const struct sql_script sql_describe_relation_publications_14 = {"describe/relation_publications_14", describe_relation_publications_14};

static const char describe_relations[] = {
#embed "../../sql/describe/relations.sql"
    , 0};
const struct sql_script sql_describe_relations = {"describe/relations", describe_relations};

static const char describe_relations_named[] = {
#embed "../../sql/describe/relations_named.sql"
    , 0};
const struct sql_script sql_describe_relations_named = {"describe/relations_named", describe_relations_named};

static const char describe_roles[] = {
#embed "../../sql/describe/roles.sql"
    , 0};
const struct sql_script sql_describe_roles = {"describe/roles", describe_roles};

static const char describe_rules[] = {
#embed "../../sql/describe/rules.sql"
    , 0};
const struct sql_script sql_describe_rules = {"describe/rules", describe_rules};

static const char describe_schema_publications[] = {
#embed "../../sql/describe/schema_publications.sql"
    , 0};
const struct sql_script sql_describe_schema_publications = {"describe/schema_publications", describe_schema_publications};

static const char describe_schemas[] = {
#embed "../../sql/describe/schemas.sql"
    , 0};
const struct sql_script sql_describe_schemas = {"describe/schemas", describe_schemas};

static const char describe_sequence[] = {
#embed "../../sql/describe/sequence.sql"
    , 0};
const struct sql_script sql_describe_sequence = {"describe/sequence", describe_sequence};

static const char describe_sequence_owner[] = {
#embed "../../sql/describe/sequence_owner.sql"
    , 0};
const struct sql_script sql_describe_sequence_owner = {"describe/sequence_owner", describe_sequence_owner};

static const char describe_statistics[] = {
#embed "../../sql/describe/statistics.sql"
    , 0};
const struct sql_script sql_describe_statistics = {"describe/statistics", describe_statistics};

static const char describe_statistics_13[] = {
#embed "../../sql/describe/statistics_13.sql"
    , 0};
const struct sql_script sql_describe_statistics_13 = {"describe/statistics_13", describe_statistics_13};

static const char describe_subscriptions[] = {
#embed "../../sql/describe/subscriptions.sql"
    , 0};
const struct sql_script sql_describe_subscriptions = {"describe/subscriptions", describe_subscriptions};

static const char describe_subscriptions_verbose[] = {
#embed "../../sql/describe/subscriptions_verbose.sql"
    , 0};
const struct sql_script sql_describe_subscriptions_verbose = {"describe/subscriptions_verbose", describe_subscriptions_verbose};

static const char describe_tablespaces[] = {
#embed "../../sql/describe/tablespaces.sql"
    , 0};
const struct sql_script sql_describe_tablespaces = {"describe/tablespaces", describe_tablespaces};

static const char describe_toast_owner[] = {
#embed "../../sql/describe/toast_owner.sql"
    , 0};
const struct sql_script sql_describe_toast_owner = {"describe/toast_owner", describe_toast_owner};

static const char describe_triggers[] = {
#embed "../../sql/describe/triggers.sql"
    , 0};
const struct sql_script sql_describe_triggers = {"describe/triggers", describe_triggers};

static const char describe_triggers_12[] = {
#embed "../../sql/describe/triggers_12.sql"
    , 0};
const struct sql_script sql_describe_triggers_12 = {"describe/triggers_12", describe_triggers_12};

static const char describe_types[] = {
#embed "../../sql/describe/types.sql"
    , 0};
const struct sql_script sql_describe_types = {"describe/types", describe_types};

static const char describe_view_definition[] = {
#embed "../../sql/describe/view_definition.sql"
    , 0};
const struct sql_script sql_describe_view_definition = {"describe/view_definition", describe_view_definition};

static const char preflight_backend[] = {
#embed "../../sql/preflight/backend.sql"
    , 0};
const struct sql_script sql_preflight_backend = {"preflight/backend", preflight_backend};

static const char preflight_column_types[] = {
#embed "../../sql/preflight/column_types.sql"
    , 0};
const struct sql_script sql_preflight_column_types = {"preflight/column_types", preflight_column_types};

static const char preflight_custom_setting[] = {
#embed "../../sql/preflight/custom_setting.sql"
    , 0};
const struct sql_script sql_preflight_custom_setting = {"preflight/custom_setting", preflight_custom_setting};

static const char preflight_database_collation[] = {
#embed "../../sql/preflight/database_collation.sql"
    , 0};
const struct sql_script sql_preflight_database_collation = {"preflight/database_collation", preflight_database_collation};

static const char preflight_database_collation_14[] = {
#embed "../../sql/preflight/database_collation_14.sql"
    , 0};
const struct sql_script sql_preflight_database_collation_14 = {"preflight/database_collation_14", preflight_database_collation_14};

static const char preflight_database_privilege[] = {
#embed "../../sql/preflight/database_privilege.sql"
    , 0};
const struct sql_script sql_preflight_database_privilege = {"preflight/database_privilege", preflight_database_privilege};

static const char preflight_extensions_needed[] = {
#embed "../../sql/preflight/extensions_needed.sql"
    , 0};
const struct sql_script sql_preflight_extensions_needed = {"preflight/extensions_needed", preflight_extensions_needed};

static const char preflight_extensions_present[] = {
#embed "../../sql/preflight/extensions_present.sql"
    , 0};
const struct sql_script sql_preflight_extensions_present = {"preflight/extensions_present", preflight_extensions_present};

static const char preflight_long_transactions[] = {
#embed "../../sql/preflight/long_transactions.sql"
    , 0};
const struct sql_script sql_preflight_long_transactions = {"preflight/long_transactions", preflight_long_transactions};

static const char preflight_names_not_ascii[] = {
#embed "../../sql/preflight/names_not_ascii.sql"
    , 0};
const struct sql_script sql_preflight_names_not_ascii = {"preflight/names_not_ascii", preflight_names_not_ascii};

static const char preflight_policy_roles[] = {
#embed "../../sql/preflight/policy_roles.sql"
    , 0};
const struct sql_script sql_preflight_policy_roles = {"preflight/policy_roles", preflight_policy_roles};

static const char preflight_roles_present[] = {
#embed "../../sql/preflight/roles_present.sql"
    , 0};
const struct sql_script sql_preflight_roles_present = {"preflight/roles_present", preflight_roles_present};

static const char preflight_row_security[] = {
#embed "../../sql/preflight/row_security.sql"
    , 0};
const struct sql_script sql_preflight_row_security = {"preflight/row_security", preflight_row_security};

static const char preflight_schema_features[] = {
#embed "../../sql/preflight/schema_features.sql"
    , 0};
const struct sql_script sql_preflight_schema_features = {"preflight/schema_features", preflight_schema_features};

static const char preflight_schema_privileges[] = {
#embed "../../sql/preflight/schema_privileges.sql"
    , 0};
const struct sql_script sql_preflight_schema_privileges = {"preflight/schema_privileges", preflight_schema_privileges};

static const char preflight_select_privilege[] = {
#embed "../../sql/preflight/select_privilege.sql"
    , 0};
const struct sql_script sql_preflight_select_privilege = {"preflight/select_privilege", preflight_select_privilege};

static const char preflight_sequence_room[] = {
#embed "../../sql/preflight/sequence_room.sql"
    , 0};
const struct sql_script sql_preflight_sequence_room = {"preflight/sequence_room", preflight_sequence_room};

static const char preflight_session_replication_role[] = {
#embed "../../sql/preflight/session_replication_role.sql"
    , 0};
const struct sql_script sql_preflight_session_replication_role = {"preflight/session_replication_role", preflight_session_replication_role};

static const char preflight_table_collations[] = {
#embed "../../sql/preflight/table_collations.sql"
    , 0};
const struct sql_script sql_preflight_table_collations = {"preflight/table_collations", preflight_table_collations};

static const char preflight_table_room[] = {
#embed "../../sql/preflight/table_room.sql"
    , 0};
const struct sql_script sql_preflight_table_room = {"preflight/table_room", preflight_table_room};

static const char preflight_unfollowed[] = {
#embed "../../sql/preflight/unfollowed.sql"
    , 0};
const struct sql_script sql_preflight_unfollowed = {"preflight/unfollowed", preflight_unfollowed};

static const char preflight_unknown_types[] = {
#embed "../../sql/preflight/unknown_types.sql"
    , 0};
const struct sql_script sql_preflight_unknown_types = {"preflight/unknown_types", preflight_unknown_types};

static const char preflight_wal_senders[] = {
#embed "../../sql/preflight/wal_senders.sql"
    , 0};
const struct sql_script sql_preflight_wal_senders = {"preflight/wal_senders", preflight_wal_senders};

static const char publisher_export_snapshot[] = {
#embed "../../sql/publisher/export_snapshot.sql"
    , 0};
const struct sql_script sql_publisher_export_snapshot = {"publisher/export_snapshot", publisher_export_snapshot};

static const char publisher_function_path[] = {
#embed "../../sql/publisher/function_path.sql"
    , 0};
const struct sql_script sql_publisher_function_path = {"publisher/function_path", publisher_function_path};

static const char publisher_not_null_constraints[] = {
#embed "../../sql/publisher/not_null_constraints.sql"
    , 0};
const struct sql_script sql_publisher_not_null_constraints = {"publisher/not_null_constraints", publisher_not_null_constraints};

static const char publisher_partitions[] = {
#embed "../../sql/publisher/partitions.sql"
    , 0};
const struct sql_script sql_publisher_partitions = {"publisher/partitions", publisher_partitions};

static const char publisher_position[] = {
#embed "../../sql/publisher/position.sql"
    , 0};
const struct sql_script sql_publisher_position = {"publisher/position", publisher_position};

static const char publisher_publication_begin[] = {
#embed "../../sql/publisher/publication_begin.sql"
    , 0};
const struct sql_script sql_publisher_publication_begin = {"publisher/publication_begin", publisher_publication_begin};

static const char publisher_publication_commit[] = {
#embed "../../sql/publisher/publication_commit.sql"
    , 0};
const struct sql_script sql_publisher_publication_commit = {"publisher/publication_commit", publisher_publication_commit};

static const char publisher_publication_marks[] = {
#embed "../../sql/publisher/publication_marks.sql"
    , 0};
const struct sql_script sql_publisher_publication_marks = {"publisher/publication_marks", publisher_publication_marks};

static const char publisher_publication_release[] = {
#embed "../../sql/publisher/publication_release.sql"
    , 0};
const struct sql_script sql_publisher_publication_release = {"publisher/publication_release", publisher_publication_release};

static const char publisher_publication_rollback[] = {
#embed "../../sql/publisher/publication_rollback.sql"
    , 0};
const struct sql_script sql_publisher_publication_rollback = {"publisher/publication_rollback", publisher_publication_rollback};

static const char publisher_publication_savepoint[] = {
#embed "../../sql/publisher/publication_savepoint.sql"
    , 0};
const struct sql_script sql_publisher_publication_savepoint = {"publisher/publication_savepoint", publisher_publication_savepoint};

static const char publisher_publication_undo[] = {
#embed "../../sql/publisher/publication_undo.sql"
    , 0};
const struct sql_script sql_publisher_publication_undo = {"publisher/publication_undo", publisher_publication_undo};

static const char publisher_reload[] = {
#embed "../../sql/publisher/reload.sql"
    , 0};
const struct sql_script sql_publisher_reload = {"publisher/reload", publisher_reload};

static const char publisher_schema_objects[] = {
#embed "../../sql/publisher/schema_objects.sql"
    , 0};
const struct sql_script sql_publisher_schema_objects = {"publisher/schema_objects", publisher_schema_objects};

static const char publisher_sender_timeout[] = {
#embed "../../sql/publisher/sender_timeout.sql"
    , 0};
const struct sql_script sql_publisher_sender_timeout = {"publisher/sender_timeout", publisher_sender_timeout};

static const char publisher_session_terminate[] = {
#embed "../../sql/publisher/session_terminate.sql"
    , 0};
const struct sql_script sql_publisher_session_terminate = {"publisher/session_terminate", publisher_session_terminate};

static const char publisher_slot_blockers[] = {
#embed "../../sql/publisher/slot_blockers.sql"
    , 0};
const struct sql_script sql_publisher_slot_blockers = {"publisher/slot_blockers", publisher_slot_blockers};

static const char publisher_slot_create[] = {
#embed "../../sql/publisher/slot_create.sql"
    , 0};
const struct sql_script sql_publisher_slot_create = {"publisher/slot_create", publisher_slot_create};

static const char publisher_slot_drop[] = {
#embed "../../sql/publisher/slot_drop.sql"
    , 0};
const struct sql_script sql_publisher_slot_drop = {"publisher/slot_drop", publisher_slot_drop};

static const char publisher_table_estimates[] = {
#embed "../../sql/publisher/table_estimates.sql"
    , 0};
const struct sql_script sql_publisher_table_estimates = {"publisher/table_estimates", publisher_table_estimates};

static const char publisher_table_names[] = {
#embed "../../sql/publisher/table_names.sql"
    , 0};
const struct sql_script sql_publisher_table_names = {"publisher/table_names", publisher_table_names};

static const char publisher_table_pages[] = {
#embed "../../sql/publisher/table_pages.sql"
    , 0};
const struct sql_script sql_publisher_table_pages = {"publisher/table_pages", publisher_table_pages};

static const char publisher_table_rewritten[] = {
#embed "../../sql/publisher/table_rewritten.sql"
    , 0};
const struct sql_script sql_publisher_table_rewritten = {"publisher/table_rewritten", publisher_table_rewritten};

static const char shell_client_encoding[] = {
#embed "../../sql/shell/client_encoding.sql"
    , 0};
const struct sql_script sql_shell_client_encoding = {"shell/client_encoding", shell_client_encoding};

static const char subscriber_acting_triggers[] = {
#embed "../../sql/subscriber/acting_triggers.sql"
    , 0};
const struct sql_script sql_subscriber_acting_triggers = {"subscriber/acting_triggers", subscriber_acting_triggers};

static const char subscriber_aside_checks[] = {
#embed "../../sql/subscriber/aside_checks.sql"
    , 0};
const struct sql_script sql_subscriber_aside_checks = {"subscriber/aside_checks", subscriber_aside_checks};

static const char subscriber_aside_domain[] = {
#embed "../../sql/subscriber/aside_domain.sql"
    , 0};
const struct sql_script sql_subscriber_aside_domain = {"subscriber/aside_domain", subscriber_aside_domain};

static const char subscriber_aside_domains[] = {
#embed "../../sql/subscriber/aside_domains.sql"
    , 0};
const struct sql_script sql_subscriber_aside_domains = {"subscriber/aside_domains", subscriber_aside_domains};

static const char subscriber_aside_nullable[] = {
#embed "../../sql/subscriber/aside_nullable.sql"
    , 0};
const struct sql_script sql_subscriber_aside_nullable = {"subscriber/aside_nullable", subscriber_aside_nullable};

static const char subscriber_aside_refused[] = {
#embed "../../sql/subscriber/aside_refused.sql"
    , 0};
const struct sql_script sql_subscriber_aside_refused = {"subscriber/aside_refused", subscriber_aside_refused};

static const char subscriber_aside_row_security[] = {
#embed "../../sql/subscriber/aside_row_security.sql"
    , 0};
const struct sql_script sql_subscriber_aside_row_security = {"subscriber/aside_row_security", subscriber_aside_row_security};

static const char subscriber_aside_triggers[] = {
#embed "../../sql/subscriber/aside_triggers.sql"
    , 0};
const struct sql_script sql_subscriber_aside_triggers = {"subscriber/aside_triggers", subscriber_aside_triggers};

static const char subscriber_copy_rate[] = {
#embed "../../sql/subscriber/copy_rate.sql"
    , 0};
const struct sql_script sql_subscriber_copy_rate = {"subscriber/copy_rate", subscriber_copy_rate};

static const char subscriber_copy_sample_insert[] = {
#embed "../../sql/subscriber/copy_sample_insert.sql"
    , 0};
const struct sql_script sql_subscriber_copy_sample_insert = {"subscriber/copy_sample_insert", subscriber_copy_sample_insert};

static const char subscriber_durable_commits[] = {
#embed "../../sql/subscriber/durable_commits.sql"
    , 0};
const struct sql_script sql_subscriber_durable_commits = {"subscriber/durable_commits", subscriber_durable_commits};

static const char subscriber_event[] = {
#embed "../../sql/subscriber/event.sql"
    , 0};
const struct sql_script sql_subscriber_event = {"subscriber/event", subscriber_event};

static const char subscriber_events[] = {
#embed "../../sql/subscriber/events.sql"
    , 0};
const struct sql_script sql_subscriber_events = {"subscriber/events", subscriber_events};

static const char subscriber_function_path[] = {
#embed "../../sql/subscriber/function_path.sql"
    , 0};
const struct sql_script sql_subscriber_function_path = {"subscriber/function_path", subscriber_function_path};

static const char subscriber_has_path[] = {
#embed "../../sql/subscriber/has_path.sql"
    , 0};
const struct sql_script sql_subscriber_has_path = {"subscriber/has_path", subscriber_has_path};

static const char subscriber_identity_columns[] = {
#embed "../../sql/subscriber/identity_columns.sql"
    , 0};
const struct sql_script sql_subscriber_identity_columns = {"subscriber/identity_columns", subscriber_identity_columns};

static const char subscriber_job[] = {
#embed "../../sql/subscriber/job.sql"
    , 0};
const struct sql_script sql_subscriber_job = {"subscriber/job", subscriber_job};

static const char subscriber_job_delete[] = {
#embed "../../sql/subscriber/job_delete.sql"
    , 0};
const struct sql_script sql_subscriber_job_delete = {"subscriber/job_delete", subscriber_job_delete};

static const char subscriber_job_engine[] = {
#embed "../../sql/subscriber/job_engine.sql"
    , 0};
const struct sql_script sql_subscriber_job_engine = {"subscriber/job_engine", subscriber_job_engine};

static const char subscriber_job_error[] = {
#embed "../../sql/subscriber/job_error.sql"
    , 0};
const struct sql_script sql_subscriber_job_error = {"subscriber/job_error", subscriber_job_error};

static const char subscriber_job_insert[] = {
#embed "../../sql/subscriber/job_insert.sql"
    , 0};
const struct sql_script sql_subscriber_job_insert = {"subscriber/job_insert", subscriber_job_insert};

static const char subscriber_job_join[] = {
#embed "../../sql/subscriber/job_join.sql"
    , 0};
const struct sql_script sql_subscriber_job_join = {"subscriber/job_join", subscriber_job_join};

static const char subscriber_job_leftovers[] = {
#embed "../../sql/subscriber/job_leftovers.sql"
    , 0};
const struct sql_script sql_subscriber_job_leftovers = {"subscriber/job_leftovers", subscriber_job_leftovers};

static const char subscriber_job_lock[] = {
#embed "../../sql/subscriber/job_lock.sql"
    , 0};
const struct sql_script sql_subscriber_job_lock = {"subscriber/job_lock", subscriber_job_lock};

static const char subscriber_job_made[] = {
#embed "../../sql/subscriber/job_made.sql"
    , 0};
const struct sql_script sql_subscriber_job_made = {"subscriber/job_made", subscriber_job_made};

static const char subscriber_job_renew[] = {
#embed "../../sql/subscriber/job_renew.sql"
    , 0};
const struct sql_script sql_subscriber_job_renew = {"subscriber/job_renew", subscriber_job_renew};

static const char subscriber_job_request[] = {
#embed "../../sql/subscriber/job_request.sql"
    , 0};
const struct sql_script sql_subscriber_job_request = {"subscriber/job_request", subscriber_job_request};

static const char subscriber_job_slots[] = {
#embed "../../sql/subscriber/job_slots.sql"
    , 0};
const struct sql_script sql_subscriber_job_slots = {"subscriber/job_slots", subscriber_job_slots};

static const char subscriber_job_stage[] = {
#embed "../../sql/subscriber/job_stage.sql"
    , 0};
const struct sql_script sql_subscriber_job_stage = {"subscriber/job_stage", subscriber_job_stage};

static const char subscriber_job_start[] = {
#embed "../../sql/subscriber/job_start.sql"
    , 0};
const struct sql_script sql_subscriber_job_start = {"subscriber/job_start", subscriber_job_start};

static const char subscriber_job_state[] = {
#embed "../../sql/subscriber/job_state.sql"
    , 0};
const struct sql_script sql_subscriber_job_state = {"subscriber/job_state", subscriber_job_state};

static const char subscriber_job_unmade[] = {
#embed "../../sql/subscriber/job_unmade.sql"
    , 0};
const struct sql_script sql_subscriber_job_unmade = {"subscriber/job_unmade", subscriber_job_unmade};

static const char subscriber_job_wake[] = {
#embed "../../sql/subscriber/job_wake.sql"
    , 0};
const struct sql_script sql_subscriber_job_wake = {"subscriber/job_wake", subscriber_job_wake};

static const char subscriber_monitor_exists[] = {
#embed "../../sql/subscriber/monitor_exists.sql"
    , 0};
const struct sql_script sql_subscriber_monitor_exists = {"subscriber/monitor_exists", subscriber_monitor_exists};

static const char subscriber_orphans[] = {
#embed "../../sql/subscriber/orphans.sql"
    , 0};
const struct sql_script sql_subscriber_orphans = {"subscriber/orphans", subscriber_orphans};

static const char subscriber_partition_heard[] = {
#embed "../../sql/subscriber/partition_heard.sql"
    , 0};
const struct sql_script sql_subscriber_partition_heard = {"subscriber/partition_heard", subscriber_partition_heard};

static const char subscriber_partition_look[] = {
#embed "../../sql/subscriber/partition_look.sql"
    , 0};
const struct sql_script sql_subscriber_partition_look = {"subscriber/partition_look", subscriber_partition_look};

static const char subscriber_partition_look_set[] = {
#embed "../../sql/subscriber/partition_look_set.sql"
    , 0};
const struct sql_script sql_subscriber_partition_look_set = {"subscriber/partition_look_set", subscriber_partition_look_set};

static const char subscriber_partitions[] = {
#embed "../../sql/subscriber/partitions.sql"
    , 0};
const struct sql_script sql_subscriber_partitions = {"subscriber/partitions", subscriber_partitions};

static const char subscriber_partitions_detached[] = {
#embed "../../sql/subscriber/partitions_detached.sql"
    , 0};
const struct sql_script sql_subscriber_partitions_detached = {"subscriber/partitions_detached", subscriber_partitions_detached};

static const char subscriber_partitions_emptied[] = {
#embed "../../sql/subscriber/partitions_emptied.sql"
    , 0};
const struct sql_script sql_subscriber_partitions_emptied = {"subscriber/partitions_emptied", subscriber_partitions_emptied};

static const char subscriber_partitions_exist[] = {
#embed "../../sql/subscriber/partitions_exist.sql"
    , 0};
const struct sql_script sql_subscriber_partitions_exist = {"subscriber/partitions_exist", subscriber_partitions_exist};

static const char subscriber_partitions_forget[] = {
#embed "../../sql/subscriber/partitions_forget.sql"
    , 0};
const struct sql_script sql_subscriber_partitions_forget = {"subscriber/partitions_forget", subscriber_partitions_forget};

static const char subscriber_partitions_set[] = {
#embed "../../sql/subscriber/partitions_set.sql"
    , 0};
const struct sql_script sql_subscriber_partitions_set = {"subscriber/partitions_set", subscriber_partitions_set};

static const char subscriber_path_set[] = {
#embed "../../sql/subscriber/path_set.sql"
    , 0};
const struct sql_script sql_subscriber_path_set = {"subscriber/path_set", subscriber_path_set};

static const char subscriber_progress[] = {
#embed "../../sql/subscriber/progress.sql"
    , 0};
const struct sql_script sql_subscriber_progress = {"subscriber/progress", subscriber_progress};

static const char subscriber_referenced_from_elsewhere[] = {
#embed "../../sql/subscriber/referenced_from_elsewhere.sql"
    , 0};
const struct sql_script sql_subscriber_referenced_from_elsewhere = {"subscriber/referenced_from_elsewhere", subscriber_referenced_from_elsewhere};

static const char subscriber_relation[] = {
#embed "../../sql/subscriber/relation.sql"
    , 0};
const struct sql_script sql_subscriber_relation = {"subscriber/relation", subscriber_relation};

static const char subscriber_relation_columns[] = {
#embed "../../sql/subscriber/relation_columns.sql"
    , 0};
const struct sql_script sql_subscriber_relation_columns = {"subscriber/relation_columns", subscriber_relation_columns};

static const char subscriber_restore_begin[] = {
#embed "../../sql/subscriber/restore_begin.sql"
    , 0};
const struct sql_script sql_subscriber_restore_begin = {"subscriber/restore_begin", subscriber_restore_begin};

static const char subscriber_restore_end[] = {
#embed "../../sql/subscriber/restore_end.sql"
    , 0};
const struct sql_script sql_subscriber_restore_end = {"subscriber/restore_end", subscriber_restore_end};

static const char subscriber_restore_end_12[] = {
#embed "../../sql/subscriber/restore_end_12.sql"
    , 0};
const struct sql_script sql_subscriber_restore_end_12 = {"subscriber/restore_end_12", subscriber_restore_end_12};

static const char subscriber_sequence_set[] = {
#embed "../../sql/subscriber/sequence_set.sql"
    , 0};
const struct sql_script sql_subscriber_sequence_set = {"subscriber/sequence_set", subscriber_sequence_set};

static const char subscriber_set_aside[] = {
#embed "../../sql/subscriber/set_aside.sql"
    , 0};
const struct sql_script sql_subscriber_set_aside = {"subscriber/set_aside", subscriber_set_aside};

static const char subscriber_set_aside_delete[] = {
#embed "../../sql/subscriber/set_aside_delete.sql"
    , 0};
const struct sql_script sql_subscriber_set_aside_delete = {"subscriber/set_aside_delete", subscriber_set_aside_delete};

static const char subscriber_set_aside_insert[] = {
#embed "../../sql/subscriber/set_aside_insert.sql"
    , 0};
const struct sql_script sql_subscriber_set_aside_insert = {"subscriber/set_aside_insert", subscriber_set_aside_insert};

static const char subscriber_state_exists[] = {
#embed "../../sql/subscriber/state_exists.sql"
    , 0};
const struct sql_script sql_subscriber_state_exists = {"subscriber/state_exists", subscriber_state_exists};

static const char subscriber_state_schema[] = {
#embed "../../sql/subscriber/state_schema.sql"
    , 0};
const struct sql_script sql_subscriber_state_schema = {"subscriber/state_schema", subscriber_state_schema};

static const char subscriber_table_copied[] = {
#embed "../../sql/subscriber/table_copied.sql"
    , 0};
const struct sql_script sql_subscriber_table_copied = {"subscriber/table_copied", subscriber_table_copied};

static const char subscriber_table_copying[] = {
#embed "../../sql/subscriber/table_copying.sql"
    , 0};
const struct sql_script sql_subscriber_table_copying = {"subscriber/table_copying", subscriber_table_copying};

static const char subscriber_table_identity[] = {
#embed "../../sql/subscriber/table_identity.sql"
    , 0};
const struct sql_script sql_subscriber_table_identity = {"subscriber/table_identity", subscriber_table_identity};

static const char subscriber_table_insert[] = {
#embed "../../sql/subscriber/table_insert.sql"
    , 0};
const struct sql_script sql_subscriber_table_insert = {"subscriber/table_insert", subscriber_table_insert};

static const char subscriber_table_mark[] = {
#embed "../../sql/subscriber/table_mark.sql"
    , 0};
const struct sql_script sql_subscriber_table_mark = {"subscriber/table_mark", subscriber_table_mark};

static const char subscriber_table_problem[] = {
#embed "../../sql/subscriber/table_problem.sql"
    , 0};
const struct sql_script sql_subscriber_table_problem = {"subscriber/table_problem", subscriber_table_problem};

static const char subscriber_table_progress[] = {
#embed "../../sql/subscriber/table_progress.sql"
    , 0};
const struct sql_script sql_subscriber_table_progress = {"subscriber/table_progress", subscriber_table_progress};

static const char subscriber_table_state[] = {
#embed "../../sql/subscriber/table_state.sql"
    , 0};
const struct sql_script sql_subscriber_table_state = {"subscriber/table_state", subscriber_table_state};

static const char subscriber_tables[] = {
#embed "../../sql/subscriber/tables.sql"
    , 0};
const struct sql_script sql_subscriber_tables = {"subscriber/tables", subscriber_tables};

static const char subscriber_tables_caught_up[] = {
#embed "../../sql/subscriber/tables_caught_up.sql"
    , 0};
const struct sql_script sql_subscriber_tables_caught_up = {"subscriber/tables_caught_up", subscriber_tables_caught_up};

static const char subscriber_tables_of_extensions[] = {
#embed "../../sql/subscriber/tables_of_extensions.sql"
    , 0};
const struct sql_script sql_subscriber_tables_of_extensions = {"subscriber/tables_of_extensions", subscriber_tables_of_extensions};

static const char subscriber_tables_progress[] = {
#embed "../../sql/subscriber/tables_progress.sql"
    , 0};
const struct sql_script sql_subscriber_tables_progress = {"subscriber/tables_progress", subscriber_tables_progress};

static const char subscriber_tables_resync[] = {
#embed "../../sql/subscriber/tables_resync.sql"
    , 0};
const struct sql_script sql_subscriber_tables_resync = {"subscriber/tables_resync", subscriber_tables_resync};

static const char subscriber_tables_retry[] = {
#embed "../../sql/subscriber/tables_retry.sql"
    , 0};
const struct sql_script sql_subscriber_tables_retry = {"subscriber/tables_retry", subscriber_tables_retry};

static const char subscriber_tables_unattached[] = {
#embed "../../sql/subscriber/tables_unattached.sql"
    , 0};
const struct sql_script sql_subscriber_tables_unattached = {"subscriber/tables_unattached", subscriber_tables_unattached};

static const char subscriber_throttle[] = {
#embed "../../sql/subscriber/throttle.sql"
    , 0};
const struct sql_script sql_subscriber_throttle = {"subscriber/throttle", subscriber_throttle};

static const char subscriber_throttle_ask[] = {
#embed "../../sql/subscriber/throttle_ask.sql"
    , 0};
const struct sql_script sql_subscriber_throttle_ask = {"subscriber/throttle_ask", subscriber_throttle_ask};

static const char subscriber_throttle_note[] = {
#embed "../../sql/subscriber/throttle_note.sql"
    , 0};
const struct sql_script sql_subscriber_throttle_note = {"subscriber/throttle_note", subscriber_throttle_note};

static const char subscriber_wal_sample_age[] = {
#embed "../../sql/subscriber/wal_sample_age.sql"
    , 0};
const struct sql_script sql_subscriber_wal_sample_age = {"subscriber/wal_sample_age", subscriber_wal_sample_age};

static const char subscriber_wal_sample_insert[] = {
#embed "../../sql/subscriber/wal_sample_insert.sql"
    , 0};
const struct sql_script sql_subscriber_wal_sample_insert = {"subscriber/wal_sample_insert", subscriber_wal_sample_insert};

static const char subscriber_wal_samples[] = {
#embed "../../sql/subscriber/wal_samples.sql"
    , 0};
const struct sql_script sql_subscriber_wal_samples = {"subscriber/wal_samples", subscriber_wal_samples};

static const char subscriber_warnings[] = {
#embed "../../sql/subscriber/warnings.sql"
    , 0};
const struct sql_script sql_subscriber_warnings = {"subscriber/warnings", subscriber_warnings};
