-- Bounds, for the rest of the transaction, how long a statement waits for a lock while the stream waits for it.
SET LOCAL lock_timeout = '1s';
