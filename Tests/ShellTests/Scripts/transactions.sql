create table t (i int);
\set AUTOCOMMIT off
insert into t values (1);
commit;
vacuum t;
insert into t values (2);
\echo :ROW_COUNT :SQLSTATE
rollback;
\set AUTOCOMMIT on
\set ON_ERROR_ROLLBACK on
begin;
insert into t values (3);
sel;
savepoint mine;
insert into t values (4);
commit;
begin;
rollback and chain;
select 1;
commit;
\set ON_ERROR_ROLLBACK off
\set SINGLELINE on
select count(*) from t
select 1 +
\set SINGLELINE off
1;
begin;
\g
\gx
select 1 \; sel \; select 2;
rollback;
\set SHOW_ALL_RESULTS off
select 1 \; select 2 \; insert into t values (5) returning *;
\set SHOW_ALL_RESULTS on
\set FETCH_COUNT 3
select i from generate_series(1, 8) i;
select i from generate_series(1, 8) i \g (format=csv)
select i from generate_series(1, 1) i \gset
\echo :i :ROW_COUNT
select 1/(i - 4) from generate_series(1, 8) i;
begin;
select 1/0;
select 1;
rollback;
values (1), (2), (3);
table t;
