-- Ends a part of a transaction (savepoint.sql), whose changes go; an error in it is over.
ROLLBACK TO SAVEPOINT scry;
RELEASE SAVEPOINT scry;
