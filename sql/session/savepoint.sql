-- Begins a part of an open transaction, which goes on whatever comes of the part.
SAVEPOINT scry;
