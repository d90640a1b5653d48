-- As publication_commit, within a transaction of the user.
RELEASE SAVEPOINT scry_publication;
