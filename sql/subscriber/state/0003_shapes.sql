-- What the shadow's tables were built from, so that changes of the source's schema are seen; and those that were.
ALTER TABLE scry_backfill.followed_table
    ADD COLUMN shape       jsonb,               -- the source's table as the shadow's was built from it; null: not known
    ADD COLUMN next_shape  jsonb,               -- what the table is becoming: it takes rows of both
    ADD COLUMN next_lsn    pg_lsn,              -- past this the stream has rows of the next one alone
    ADD COLUMN emptied_by  xid;                 -- the last TRUNCATE that the stream has brought

CREATE TABLE scry_backfill.schema_change (
    slot               text NOT NULL REFERENCES scry_backfill.job ON DELETE CASCADE,
    number             bigint GENERATED ALWAYS AS IDENTITY,
    at                 timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_lsn           pg_lsn NOT NULL,         -- of the source, when its catalog showed the change
    schema_name        text NOT NULL,
    table_name         text NOT NULL,
    change             text NOT NULL,           -- for people
    action             text NOT NULL CHECK (action IN ('followed', 'copied again', 'rows kept')),
    statements         text[] NOT NULL,         -- run in the shadow
    milliseconds       float8 NOT NULL,         -- that they took
    PRIMARY KEY (slot, number)
);

ALTER TABLE scry_backfill.job
    ADD COLUMN schema_lsn  pg_lsn;              -- what became of the tables' schema until then is in the shadow
