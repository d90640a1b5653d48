-- As publication_rollback, within a transaction of the user.
ROLLBACK TO SAVEPOINT scry_publication;
RELEASE SAVEPOINT scry_publication;
