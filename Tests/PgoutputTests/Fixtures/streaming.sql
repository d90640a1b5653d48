-- Large transactions, one within the time of another (PREPARE TRANSACTION leaves it open; the slot has no two-phase, so that
-- its COMMIT PREPARED is decoded as a commit). The rows before warm the server's caches: a transaction that is known to be
-- rolled back is streamed only as far as no catalog needs to be read for it.
INSERT INTO wide VALUES (1, 'plain');
INSERT INTO other VALUES (1, 'plain');

BEGIN;
INSERT INTO wide SELECT i, 'a' FROM generate_series(100, 111) i;
SAVEPOINT one;
INSERT INTO wide SELECT i, 'b, undone' FROM generate_series(200, 211) i;
SAVEPOINT two;
INSERT INTO wide SELECT i, 'c, undone' FROM generate_series(300, 311) i;
ROLLBACK TO two;
INSERT INTO wide SELECT i, 'd, undone' FROM generate_series(400, 411) i;
ROLLBACK TO one;
SAVEPOINT three;
INSERT INTO wide SELECT i, 'e' FROM generate_series(500, 511) i;
RELEASE three;
INSERT INTO wide SELECT i, 'f' FROM generate_series(600, 611) i;
PREPARE TRANSACTION 'open';

INSERT INTO other VALUES (2, 'in between');

-- Streamed too, and committed before the first: with a message, another description, each row operation, TRUNCATE.
BEGIN;
SELECT pg_logical_emit_message(true, 'note', 'streamed');
INSERT INTO other SELECT i, 'g' FROM generate_series(100, 111) i;
UPDATE other SET v = 'h' WHERE id < 110;
UPDATE other SET id = id + 1000 WHERE id = 111;
DELETE FROM other WHERE id = 110;
ALTER TABLE other REPLICA IDENTITY FULL;
INSERT INTO other SELECT i, 'i' FROM generate_series(200, 211) i;
TRUNCATE other;
INSERT INTO other SELECT i, 'j' FROM generate_series(300, 311) i;
COMMIT;

COMMIT PREPARED 'open';
INSERT INTO wide VALUES (2, 'after'); -- described by the streamed transaction
INSERT INTO other VALUES (3, 'after');

BEGIN;
INSERT INTO wide SELECT i, 'k, undone' FROM generate_series(700, 723) i;
ROLLBACK;

SELECT pg_replication_origin_session_setup(:'DBNAME');
BEGIN;
SELECT pg_replication_origin_xact_setup('0/1234', '2024-01-01 00:00:00+00');
INSERT INTO wide SELECT i, 'l' FROM generate_series(900, 911) i;
COMMIT;
SELECT pg_replication_origin_session_reset();
