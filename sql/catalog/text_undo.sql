-- After a text that the server's encoding can't hold: the transaction goes on.
ROLLBACK TO SAVEPOINT scry_text;
