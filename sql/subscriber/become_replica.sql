-- Keeps triggers and foreign keys from firing while this session writes.
SET session_replication_role = replica;
