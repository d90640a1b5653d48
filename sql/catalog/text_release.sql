-- After a text that the server's encoding holds.
RELEASE SAVEPOINT scry_text;
