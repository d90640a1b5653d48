-- Ends a transaction, whose changes stay.
COMMIT;
