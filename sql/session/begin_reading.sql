-- Begins a transaction that reads one moment and writes nothing.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
