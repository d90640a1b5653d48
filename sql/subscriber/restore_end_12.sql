-- The access method of tables is a setting since 12.
RESET default_table_access_method;
