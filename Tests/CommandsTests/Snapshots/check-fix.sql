-- replication_privilege: user "app" may not use replication
ALTER ROLE "app" REPLICATION;

-- select_privilege: user "app" may not read hidden.t
GRANT USAGE ON SCHEMA "hidden" TO "app";
GRANT SELECT ON TABLE "hidden"."t" TO "app";

-- row_security: row-level security hides rows of public.tenants from user "app"
ALTER ROLE "app" BYPASSRLS;

-- replica_identity: UPDATE and DELETE on public.nokey fail on the source while published
ALTER TABLE "public"."nokey" REPLICA IDENTITY FULL;

-- publication: publication "scry_publication" does not exist and user "app" may not create it
CREATE PUBLICATION "scry_publication" FOR TABLE "hidden"."t", "public"."nokey", "public"."tenants", "public"."users";

-- sequences: user "app" may not read hidden.t_id_seq
GRANT SELECT ON SEQUENCE "hidden"."t_id_seq" TO "app";

-- wal_level: wal_level is replica
ALTER SYSTEM SET wal_level = 'logical';
-- This takes effect when the server has been restarted.

-- encoding: the shadow does not know the encoding of its text
-- No statement mends this.
-- It stores the bytes of UTF8, but counts and compares bytes, not characters. Make the shadow's database with ENCODING 'UTF8'.

-- compatibility: columns of oid name objects of the source's own cluster
-- No statement mends this.
-- Names (regclass and its like) must exist in the shadow under the same name; numbers (oid, xid, pg_lsn, …) are copied, but mean nothing there. Exclude such tables where they only serve the source.
