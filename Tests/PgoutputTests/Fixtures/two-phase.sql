-- Prepared transactions: committed, rolled back, and large enough to be streamed before they are prepared.
INSERT INTO wide VALUES (1, 'plain');
BEGIN;
INSERT INTO wide VALUES (2, 'prepared, committed');
PREPARE TRANSACTION 'gid ''one''';
INSERT INTO wide VALUES (3, 'in between');
COMMIT PREPARED 'gid ''one''';

BEGIN;
UPDATE wide SET v = 'prepared, rolled back' WHERE id = 1;
PREPARE TRANSACTION 'two';
ROLLBACK PREPARED 'two';

BEGIN;
INSERT INTO wide SELECT i, 'streamed, prepared' FROM generate_series(100, 111) i;
PREPARE TRANSACTION 'three';
COMMIT PREPARED 'three';
DELETE FROM wide WHERE id = 1;
