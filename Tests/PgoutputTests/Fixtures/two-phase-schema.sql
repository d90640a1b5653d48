CREATE TABLE wide (id integer PRIMARY KEY, v text, pad text DEFAULT repeat('.', 7000));
ALTER TABLE wide ALTER pad SET STORAGE PLAIN;
CREATE PUBLICATION p FOR TABLE wide (id, v);
