-- Ends the transaction in which a publication was changed.
COMMIT;
