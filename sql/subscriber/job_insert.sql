-- Enters a new job.
-- $1 slot, $2 publication, $3 mode, $4 system identifier, $5 timeline, $6 database
INSERT INTO scry_backfill.job (slot, publication, mode, state, system_identifier, timeline, database)
VALUES ($1, $2, $3, 'setup', $4, $5::int, $6);
