-- Has this session receive what is asked of the shadow's jobs (job_wake.sql, job_request.sql).
LISTEN scry_backfill;
