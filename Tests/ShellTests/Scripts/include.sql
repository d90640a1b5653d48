select 11;
\ir included.sql
select 1/0;
select 12;
