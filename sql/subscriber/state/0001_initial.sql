-- The state of jobs: what they do, how far they have come, and what happened. Written in the same transactions as the
-- data.
-- Releases that did not number the state have written parts of it, or all; what is there is left as it is.
-- "already exists, skipping" is no news.
SET client_min_messages = warning;

CREATE SCHEMA IF NOT EXISTS scry_backfill;

CREATE TABLE IF NOT EXISTS scry_backfill.state_version (
    version            int NOT NULL,            -- of the last of these files that was applied
    applied            timestamptz NOT NULL DEFAULT now()
);

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
    -- pending: to be copied into an empty table; copying: it holds rows of a copy that is to be made (anew); catch-up:
    -- its copy is later than the job's position, which the stream has yet to reach; ready; unpublished: not followed
    -- any more
    state              text NOT NULL DEFAULT 'pending'
                       CHECK (state IN ('pending', 'copying', 'catch-up', 'ready', 'unpublished')),
    published_as       text,                    -- how the publication sends it; changed, the table is copied again
    problem            jsonb,                   -- why it cannot be copied
    snapshot_lsn       pg_lsn,                  -- changes committed before this came with the copy
    rows_copied        bigint NOT NULL DEFAULT 0,
    bytes_copied       bigint NOT NULL DEFAULT 0,
    identity_columns   text[] NOT NULL DEFAULT '{}',  -- GENERATED ALWAYS on the source, BY DEFAULT here while following
    copied             timestamptz,
    PRIMARY KEY (slot, schema_name, table_name)
);

-- Partitions of tables that are sent as a whole, and the tables themselves: as last seen in the source's catalog, as
-- the stream does not report when one is detached, dropped or truncated.
CREATE TABLE IF NOT EXISTS scry_backfill.followed_partition (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    root_schema        text NOT NULL,
    root_name          text NOT NULL,
    oid                oid NOT NULL,            -- on the source
    schema_name        text NOT NULL,
    table_name         text NOT NULL,
    attached_by        xid,                     -- the transaction that attached it; null: the stream has brought rows of it
    file_node          oid,
    horizon            xid,                     -- older transactions were complete when it was seen
    emptied_by         xid,                     -- the last TRUNCATE of the whole table that the stream has brought since
    is_detached        boolean NOT NULL DEFAULT false,  -- here it is a table of its own now, with the job's rows
    PRIMARY KEY (slot, root_schema, root_name, oid)
);

CREATE TABLE IF NOT EXISTS scry_backfill.partition_look (
    slot               text PRIMARY KEY REFERENCES scry_backfill.job ON DELETE CASCADE,
    position           pg_lsn NOT NULL          -- what became of partitions until then is known
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
    retained           bigint[] NOT NULL,       -- bytes that each of them retains
    PRIMARY KEY (slot, taken)
);

CREATE TABLE IF NOT EXISTS scry_backfill.throttle (
    slot               text PRIMARY KEY REFERENCES scry_backfill.job ON DELETE CASCADE,
    asked              jsonb,                   -- limits that a shell asked for; null: those of the configuration
    in_force           jsonb                    -- what the engine last said of them
);

CREATE TABLE IF NOT EXISTS scry_backfill.copy_sample (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    taken              timestamptz NOT NULL,
    rows               bigint NOT NULL,         -- that this copy has brought until then, committed or not
    bytes              bigint NOT NULL,
    PRIMARY KEY (slot, taken)
);

-- Objects that differ from the source's while the shadow follows, as they would refuse its rows or could not be made.
CREATE TABLE IF NOT EXISTS scry_backfill.set_aside (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    number             bigint GENERATED ALWAYS AS IDENTITY,  -- put back in the reverse order
    object_type        text NOT NULL,           -- as pg_identify_object has it: table constraint, trigger, table column
    identity           text NOT NULL,           -- likewise: users_check on public.users
    aspect             text NOT NULL CHECK (aspect IN ('missing', 'not valid', 'disabled', 'nullable', 'not forced')),
    schema_name        text,                    -- the followed table that it concerns; null: several, or none
    table_name         text,
    reason             text NOT NULL,
    put_back           text[] NOT NULL,         -- the statements that do so, in order; none where nothing can
    is_copy            boolean NOT NULL DEFAULT false,  -- only until the rows are copied
    at                 timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (slot, object_type, identity, aspect)
);

SET client_min_messages = notice;
