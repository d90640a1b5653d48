-- The version of the jobs' state.
SELECT coalesce(pg_catalog.max(version), 0) AS version FROM scry_backfill.state_version;
