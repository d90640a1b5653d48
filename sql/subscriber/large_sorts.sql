-- Gives index builds memory enough to sort what fits (manual, 20.4.1).
SET maintenance_work_mem = '256MB';
