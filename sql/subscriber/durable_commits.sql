-- A commit that is reported to the source must survive a crash of the shadow, whatever the shadow's own setting.
SELECT pg_catalog.set_config('synchronous_commit', 'local', false)
 WHERE pg_catalog.current_setting('synchronous_commit') = 'off';
