\c template1
select current_database();
\c -reuse-previous=x foo
\c "dbname=template1" x
\c nope
select 1;
