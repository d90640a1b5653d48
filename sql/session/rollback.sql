-- Ends a transaction, whose changes go.
ROLLBACK;
