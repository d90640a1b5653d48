-- What came with PostgreSQL 15.
CREATE TABLE app.unlike (id integer PRIMARY KEY, n integer, CONSTRAINT unlike_n UNIQUE NULLS NOT DISTINCT (n));
CREATE TABLE app.two_keys (x integer, y integer, PRIMARY KEY (x, y));
CREATE TABLE app.partly (id integer PRIMARY KEY, x integer, y integer, CONSTRAINT partly_key FOREIGN KEY (x, y) REFERENCES app.two_keys ON DELETE SET NULL (y));
