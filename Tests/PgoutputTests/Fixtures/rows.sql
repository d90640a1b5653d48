-- Every row operation, each kind of old tuple, a changed description, messages, origins.
INSERT INTO by_key (id, name, amount, at, big) VALUES
    (1, 'one', 1.50, '2024-02-29 12:00:00+00', repeat('x', 2100)), (2, '', -0.01, 'infinity', NULL), (3, NULL, NULL, NULL, NULL);
BEGIN;
UPDATE by_key SET name = 'eins' WHERE id = 1; -- big is unchanged and out of line
UPDATE by_key SET id = 10 WHERE id = 1; -- the key changes
DELETE FROM by_key WHERE id = 2;
COMMIT;

BEGIN;
INSERT INTO by_full VALUES (1, 'a', repeat('y', 2100)), (1, 'a', NULL), (NULL, NULL, NULL);
UPDATE by_full SET b = 'b' WHERE big IS NOT NULL;
DELETE FROM by_full WHERE a IS NULL;
INSERT INTO by_index VALUES (1, 'k', 'c');
UPDATE by_index SET c = 'd';
UPDATE by_index SET b = 'l';
DELETE FROM by_index;
INSERT INTO by_nothing VALUES (1);
INSERT INTO no_columns DEFAULT VALUES;
COMMIT;

INSERT INTO types VALUES (
    1, 'happy', 7, (1, 'x,"y"'), '{1,NULL,3}', '{"k": [1, null]}', '\x00ff27', 'NaN', '00000000-0000-0000-0000-000000000001',
    true, 'pg_class');
INSERT INTO "Odd ""Schema"."Tab le" VALUES (1, 'zwölf Äpfel 🍎');

-- The description comes again, wider.
ALTER TABLE by_key ADD COLUMN extra mood DEFAULT 'ok';
INSERT INTO by_key (id, extra) VALUES (20, 'sad');
ALTER TABLE by_key DROP COLUMN amount;
UPDATE by_key SET extra = NULL WHERE id = 20;

INSERT INTO parted VALUES (5, 'through the root');
INSERT INTO parent DEFAULT VALUES;
INSERT INTO child (parent) VALUES (1);
TRUNCATE parent, by_index RESTART IDENTITY CASCADE;
TRUNCATE by_nothing;

BEGIN;
SELECT pg_logical_emit_message(true, 'note', 'within a transaction');
SELECT pg_logical_emit_message(false, 'note', '\x00010a'::bytea);
SELECT pg_logical_emit_message(true, 'empty', '');
INSERT INTO by_nothing VALUES (2);
COMMIT;

SELECT pg_replication_origin_session_setup(:'DBNAME');
BEGIN;
SELECT pg_replication_origin_xact_setup('0/1234', '2024-01-01 00:00:00+00');
INSERT INTO by_nothing VALUES (3);
COMMIT;
SELECT pg_replication_origin_session_reset();
