-- $1 slot, $2 severity, $3 message, $4 hint or null
INSERT INTO scry_backfill.event (slot, severity, message, hint) VALUES ($1, $2, $3, $4);
