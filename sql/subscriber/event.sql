-- $1 slot, $2 severity, $3 message, $4 hint or null, $5 how many seconds ago it was
INSERT INTO scry_backfill.event (slot, severity, message, hint, at)
VALUES ($1, $2, $3, $4, pg_catalog.now() - $5::float8 * '1 second'::interval);
