-- Commits do not wait for the disk: what a crash of the server loses is lost together with its progress.
SET synchronous_commit = off;
