-- The job's memory: what it does, how far it has come, and what happened. Written in the same transactions as the data.
CREATE SCHEMA IF NOT EXISTS scry_backfill;

CREATE TABLE IF NOT EXISTS scry_backfill.job (
    slot               text PRIMARY KEY,
    publication        text NOT NULL,
    mode               text NOT NULL CHECK (mode IN ('hybrid', 'snapshot', 'cdc')),
    state              text NOT NULL,
    system_identifier  text NOT NULL,           -- of the source
    timeline           int NOT NULL,            -- of the source
    database           text NOT NULL,           -- on the source
    made_slot          boolean NOT NULL DEFAULT false,
    made_publication   boolean NOT NULL DEFAULT false,
    schema_stage       int NOT NULL DEFAULT 0,  -- 0 nothing, 1 tables, 2 keys and indexes, 3 all
    start_lsn          pg_lsn,                  -- where the slot's stream begins
    applied_lsn        pg_lsn,                  -- all that ends at or before this is in the shadow
    commit_lsn         pg_lsn,                  -- the last source transaction that was applied
    commit_time        timestamptz,             -- when the source committed it
    source_lsn         pg_lsn,                  -- the source's position when last heard of
    request            text,                    -- what a shell asks of the engine: stop
    engine_host        text,
    engine_pid         int,
    engine_since       timestamptz,
    error              jsonb,
    first_copied       timestamptz,             -- when the first copy was complete
    created            timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS scry_backfill.followed_table (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    schema_name        text NOT NULL,
    table_name         text NOT NULL,
    -- pending: to be copied into an empty table; copying: what it holds is of a copy to be made (anew); catch-up: copied behind
    -- the job's position, and not yet where the others are; ready; unpublished: not followed any more
    state              text NOT NULL DEFAULT 'pending'
                       CHECK (state IN ('pending', 'copying', 'catch-up', 'ready', 'unpublished')),
    published_as       text,                    -- how the publication sends it; changed, the table is copied again
    problem            jsonb,                   -- why it can't be copied
    snapshot_lsn       pg_lsn,                  -- changes committed before this came with the copy
    rows_copied        bigint NOT NULL DEFAULT 0,
    bytes_copied       bigint NOT NULL DEFAULT 0,
    identity_columns   text[] NOT NULL DEFAULT '{}',  -- GENERATED ALWAYS on the source, BY DEFAULT here while following
    copied             timestamptz,
    PRIMARY KEY (slot, schema_name, table_name)
);

CREATE TABLE IF NOT EXISTS scry_backfill.event (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot               text NOT NULL,
    at                 timestamptz NOT NULL DEFAULT now(),
    severity           text NOT NULL,
    message            text NOT NULL,
    hint               text
);

CREATE TABLE IF NOT EXISTS scry_backfill.wal_sample (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    taken              float8 NOT NULL,         -- seconds since 1970 by the source's clock
    position           pg_lsn NOT NULL,         -- of the source
    level              text NOT NULL,           -- the WAL monitor's: normal, warning, critical
    wal_status         text,                    -- of the job's slot
    safe_wal_size      bigint,
    names              text[] NOT NULL,         -- all slots of the source
    retained           bigint[] NOT NULL,       -- bytes that each of them holds back
    PRIMARY KEY (slot, taken)
);

CREATE TABLE IF NOT EXISTS scry_backfill.throttle (
    slot               text PRIMARY KEY REFERENCES scry_backfill.job ON DELETE CASCADE,
    asked              jsonb,                   -- limits that a shell asked for; null: those of the configuration
    in_force           jsonb                    -- what the engine last said of them
);
