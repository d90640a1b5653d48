-- Notes up to which version the jobs' state was brought.
-- $1 version
INSERT INTO scry_backfill.state_version (version) VALUES ($1::int);
