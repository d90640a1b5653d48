-- Keeps others from changing the form of the jobs' state, to the end of the transaction. The number stands for this.
SELECT pg_catalog.pg_advisory_xact_lock(1935897211, 0);
