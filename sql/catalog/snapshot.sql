-- The transactions that have ended: xmin:xmax:those between that are under way (manual, "Transaction ID and Snapshot
-- Information Functions").
SELECT pg_catalog.txid_current_snapshot()::pg_catalog.text AS snapshot;
