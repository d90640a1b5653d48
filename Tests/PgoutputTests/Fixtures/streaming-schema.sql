-- The padding fills logical_decoding_work_mem but is not published, which keeps the captures small.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE wide (id integer PRIMARY KEY, v text, m mood DEFAULT 'ok', pad text DEFAULT repeat('.', 7000));
CREATE TABLE other (id integer PRIMARY KEY, v text, pad text DEFAULT repeat('.', 7000));
ALTER TABLE wide ALTER pad SET STORAGE PLAIN;
ALTER TABLE other ALTER pad SET STORAGE PLAIN;
CREATE PUBLICATION p FOR TABLE wide (id, v, m), other (id, v);
SELECT pg_replication_origin_create(:'DBNAME');
