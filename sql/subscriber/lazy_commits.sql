-- Commits do not wait for the disk: rows that a crash of the server loses are lost together with their progress.
SET synchronous_commit = off;
