-- The slots of all jobs of this shadow.
SELECT slot FROM scry_backfill.job;
