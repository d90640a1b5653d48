-- As publication_begin, within a transaction of the user.
SAVEPOINT scry_publication;
