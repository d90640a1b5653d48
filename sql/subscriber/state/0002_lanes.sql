-- How far the stream is: a row a lane, each of which one session writes. The job is where the last of its lanes is.
CREATE TABLE scry_backfill.lane (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    lane               int NOT NULL,
    applied_lsn        pg_lsn NOT NULL,         -- all of it that ends at or before this is in the shadow
    commit_lsn         pg_lsn,                  -- the last source transaction that was applied
    commit_time        timestamptz,             -- when the source committed it
    source_lsn         pg_lsn,                  -- the source's position when last heard of
    PRIMARY KEY (slot, lane)
);

INSERT INTO scry_backfill.lane (slot, lane, applied_lsn, commit_lsn, commit_time, source_lsn)
SELECT slot, 0, applied_lsn, commit_lsn, commit_time, source_lsn FROM scry_backfill.job WHERE applied_lsn IS NOT NULL;

ALTER TABLE scry_backfill.job
    DROP COLUMN applied_lsn, DROP COLUMN commit_lsn, DROP COLUMN commit_time, DROP COLUMN source_lsn;
