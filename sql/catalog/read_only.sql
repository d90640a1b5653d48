-- Whether new transactions of this role in this database can write, unless they ask for it.
SELECT reset_val::pg_catalog.bool AS read_only, pg_catalog.pg_is_in_recovery() AS in_recovery
  FROM pg_catalog.pg_settings
 WHERE name = 'default_transaction_read_only';
