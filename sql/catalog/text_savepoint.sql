-- Before a text is tried (text.sql) in a transaction, which goes on whatever comes of it.
SAVEPOINT scry_text;
