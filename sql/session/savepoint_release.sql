-- Ends a part of a transaction (savepoint.sql), whose changes stay.
RELEASE SAVEPOINT scry;
