// One constant a file of sql/: its path below sql/ without ".sql", and its bytes.
#pragma once

struct sql_script {
    const char *name;
    const char *text;
};

// All of them, between the two ends of their section.
extern const struct sql_script __start_sql_scripts[], __stop_sql_scripts[];
static inline const struct sql_script *sql_scripts_first(void) { return __start_sql_scripts; }
static inline long sql_scripts_count(void) { return __stop_sql_scripts - __start_sql_scripts; }

extern const struct sql_script sql_describe_check_constraints;
extern const struct sql_script sql_describe_children;
extern const struct sql_script sql_describe_databases;
extern const struct sql_script sql_describe_extensions;
extern const struct sql_script sql_describe_foreign_keys;
extern const struct sql_script sql_describe_foreign_keys_11;
extern const struct sql_script sql_describe_foreign_table;
extern const struct sql_script sql_describe_index;
extern const struct sql_script sql_describe_indexes;
extern const struct sql_script sql_describe_parents;
extern const struct sql_script sql_describe_partition;
extern const struct sql_script sql_describe_partition_key;
extern const struct sql_script sql_describe_policies;
extern const struct sql_script sql_describe_references;
extern const struct sql_script sql_describe_references_11;
extern const struct sql_script sql_describe_relation;
extern const struct sql_script sql_describe_relation_columns;
extern const struct sql_script sql_describe_relation_publications;
extern const struct sql_script sql_describe_relation_publications_14;
extern const struct sql_script sql_describe_relations;
extern const struct sql_script sql_describe_relations_named;
extern const struct sql_script sql_describe_roles;
extern const struct sql_script sql_describe_rules;
extern const struct sql_script sql_describe_schema_publications;
extern const struct sql_script sql_describe_schemas;
extern const struct sql_script sql_describe_sequence;
extern const struct sql_script sql_describe_sequence_owner;
extern const struct sql_script sql_describe_statistics;
extern const struct sql_script sql_describe_statistics_13;
extern const struct sql_script sql_describe_tablespaces;
extern const struct sql_script sql_describe_toast_owner;
extern const struct sql_script sql_describe_triggers;
extern const struct sql_script sql_describe_triggers_12;
extern const struct sql_script sql_describe_view_definition;
extern const struct sql_script sql_setup_session;
extern const struct sql_script sql_catalog_columns;
extern const struct sql_script sql_catalog_flavour;
extern const struct sql_script sql_catalog_indexes;
extern const struct sql_script sql_catalog_partition_leaves;
extern const struct sql_script sql_catalog_publication_members;
extern const struct sql_script sql_catalog_publication_members_10;
extern const struct sql_script sql_catalog_publication_schemas;
extern const struct sql_script sql_catalog_publication_tables;
extern const struct sql_script sql_catalog_publications;
extern const struct sql_script sql_catalog_role;
extern const struct sql_script sql_catalog_sequences;
extern const struct sql_script sql_catalog_server;
extern const struct sql_script sql_catalog_settings;
extern const struct sql_script sql_catalog_slots;
extern const struct sql_script sql_catalog_table_sizes;
extern const struct sql_script sql_catalog_tables;
extern const struct sql_script sql_preflight_database_privilege;
extern const struct sql_script sql_preflight_schema_privileges;
extern const struct sql_script sql_preflight_select_privilege;
extern const struct sql_script sql_preflight_session_replication_role;
extern const struct sql_script sql_preflight_wal_senders;
extern const struct sql_script sql_catalog_schemas;
extern const struct sql_script sql_publisher_publication_begin;
extern const struct sql_script sql_publisher_publication_commit;
extern const struct sql_script sql_publisher_publication_release;
extern const struct sql_script sql_publisher_publication_rollback;
extern const struct sql_script sql_publisher_publication_savepoint;
extern const struct sql_script sql_publisher_publication_undo;
extern const struct sql_script sql_publisher_slot_blockers;
extern const struct sql_script sql_publisher_slot_create;
extern const struct sql_script sql_publisher_slot_drop;
extern const struct sql_script sql_demo_data;
extern const struct sql_script sql_demo_keys;
extern const struct sql_script sql_demo_schema;
extern const struct sql_script sql_demo_traffic;
