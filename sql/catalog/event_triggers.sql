-- The event triggers that act on DDL of this session.
SELECT t.evtname AS name, t.evtevent AS event, t.evtfoid::pg_catalog.regproc::pg_catalog.text AS function
  FROM pg_catalog.pg_event_trigger t
 WHERE t.evtevent IN ('ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite')
   AND (t.evtenabled = 'A'
        OR t.evtenabled = CASE pg_catalog.current_setting('session_replication_role') WHEN 'replica' THEN 'R' ELSE 'O' END)
   AND pg_catalog.current_setting('event_triggers', true) IS DISTINCT FROM 'off'
 ORDER BY t.evtname;
