-- Begins a part of an open transaction, which stays usable even if the part fails.
SAVEPOINT scry;
