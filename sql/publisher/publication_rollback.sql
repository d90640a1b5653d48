-- Undoes the change of a publication.
ROLLBACK;
