create schema t;
select 1 as a, 'x' as b;
select 1/0;
select foo from
  bar where x;
select 'a''b', E'a\'b', $$a;b$$, $x$ ' $x$, "a" from (values (1)) t("a");
\echo hi :x
\set x 5
select :x, :'x', :{?x}, :{?y}, :y;
create table t.a(i int primary key, t text);
insert into t.a values (1,'one'),(2,'two') returning *;
insert into t.a values (1,'one');
copy t.a from stdin;
3	three
4	\N
\.
copy t.a from stdin;
3	three
\.
copy t.a to stdout;
\copy t.a to stdout csv header
\copy (select * from t.a where t = 'one') to stdout with (format csv)
\copy t.a (i, t) from stdin csv
10,ten
\.
select 1 \; select 2 \; select 3;
begin;
select 1/0;
select 2;
rollback;
\x
select * from t.a;
\x auto
\a
select * from t.a;
\t
select * from t.a;
\pset format csv
select * from t.a;
\pset
\a
\t
\x off
\pset null '<null>'
select null;
\gx
select 1 as x, 2 as y \gset p_
\echo :p_x :p_y
select 1 where false \gset
select format('select %s as n', g) from generate_series(1,3) g \gexec
\if true
select 'yes';
\elif xx
\else
select 'no';
\endif
\if foo
\endif
\foo
\echo `echo hello`
\echo 'a\tb\n' "q q" :'x' :"x"
\p
\r
\p
select 1
\p
\r
do $$ begin raise notice 'hello %', 1; raise warning 'w' using hint='do it', detail='d'; end $$;
do $$ begin perform 1/0; end $$;
\set VERBOSITY verbose
select 1/0;
\set VERBOSITY terse
select foo;
\set VERBOSITY sqlstate
select 1/0;
\set VERBOSITY default
\errverbose
\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_MESSAGE :LAST_ERROR_SQLSTATE
listen foo;
notify foo, 'bar';
\set AUTOCOMMIT off
create table t.b();
rollback;
select * from t.b;
rollback;
\set AUTOCOMMIT on
\set FETCH_COUNT 2
select * from t.a;
select 1/i from generate_series(-2,2) i;
\unset FETCH_COUNT
\set ON_ERROR_ROLLBACK on
begin;
select 1/0;
select 5;
commit;
\unset ON_ERROR_ROLLBACK
select 1 as a \gdesc
\conninfo
\encoding
\encoding latin1
\encoding
\encoding xxx
\encoding utf8
\timing foo
\echo -n no newline
\echo
\qecho q
\warn w
\cd /nonexistent
\i /nonexistent
\getenv h PGHOST
\echo :h
\setenv FOO bar
\! echo $FOO
\set ECHO_HIDDEN xx
\set ECHO xx
\set FETCH_COUNT x
\set a:b x
\pset border x
\pset border 2
select 1;
\pset expanded foo
\pset title 'abc'
select 1;
\C
\H
select 1;
\H
\f ,
\pset fieldsep_zero
\pset linestyle unicode
\pset unicode_border_linestyle double
select 1;
\q
