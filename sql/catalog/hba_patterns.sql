-- Which regular expressions of pg_hba.conf match a user's and a database's name, as the server compares them.
-- $1 the expressions, as an array
-- $2 the user's name
-- $3 the database's name
SELECT p.pattern, $2::pg_catalog.text COLLATE "C" OPERATOR(pg_catalog.~) p.pattern AS matches_user,
       $3::pg_catalog.text COLLATE "C" OPERATOR(pg_catalog.~) p.pattern AS matches_database
  FROM pg_catalog.unnest($1::pg_catalog.text[]) AS p (pattern);
