create schema t;
create table t.a(i int, b text);
copy nonexist from stdin;
select 1;
\.
select 'copy t.a from stdin' \gexec
1	x
\.
copy t.x from stdin\; copy t.a from nix\; copy t.a from stdin;
1	x
\.
select 2;
\.
select 3;
-- comment
select 1 -- c
;
/* block */ select 2; /* trailing */
;;
select '
multi', "a
b" from (values(1)) x("a
b");
create function t.f(i int) returns int language sql begin atomic select case when i > 1 then 1 else 2 end; select i; end;
select t.f(3);
create or replace procedure t.p() language sql begin atomic insert into t.a values (1); end;
select $a$ ; $b$ ; $a$;
select 1 + /* nested /* ; */ ; */ 2;
select 'unterminated
;
';
select (1
;
+ 1);
select :foo, :'foo', :"foo", :{?foo};
\set foo 'a''b"c'
select :'foo' as :"foo";
\set rec ':rec'
select :rec;
\echo :foo :'foo' :"foo" :{?foo} `echo :'foo'` :foo
\echo a\\ \echo b
\echo 'unterminated
select 1;
\set a b c d
\echo :a
\if :{?a}
\echo set
\endif
\if false
\foo
select 1/0;
\echo `date` :a
\if true
\echo inner
\else
\endif
\elif true
\echo elif
\else
\echo else
\endif
\else
\endif
\elif
select 1
\if true
+ 1
\else
+ 2
\endif
;
select 1 \g | cat
select 2 \g g.out
\! cat g.out
select 3 \g (format=csv border=2) 
select 4 \g (foo=bar)
select 5 \g (format=csv
\o o2.out
select 6;
\echo stdout
\qecho qecho
\o
\! cat o2.out
\o | sed 's/^/> /'
select 7;
\o
select 8 as "Größe", 'äöü' as "日本";
select äöü;
select   '日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語' , xx;
insert into t.nix values (1);
select * from t.a where i = 'x';
do $$ begin execute 'select 1/0'; exception when others then raise exception 'foo' using detail='d', hint='h', errcode='P0001'; end $$;
do $$ begin execute 'sel 1'; end $$;
\set SHOW_CONTEXT never
do $$ begin execute 'sel 1'; end $$;
\set SHOW_CONTEXT always
do $$ begin raise notice 'x'; end $$;
\unset SHOW_CONTEXT
\set VERBOSITY verbose
create table t.u(i int unique); insert into t.u values (1),(1);
\unset VERBOSITY
select 1 as x, null as y \gset
\echo :x :y
select 1 as "ECHO" \gset
select 1 as "a b" \gset
\gset
\gset p
\gdesc
create temp table tt() \gdesc
select 1 \gdesc
sel \gdesc
\copy
\copy t.a
\copy t.a from
\copy t.a to
\copy t.a to program 'cat >copied'
\! cat copied
\copy t.a to program 'cat >/dev/null; exit 3'
\copy t.a to program 'cat >copied; nix'
\copy t.a to '/nonexistent/x'
\copy t.a from '/nonexistent/x'
\copy t.a from '/tmp'
\copy (select ')', E'\'' , "i" from t.a) to stdout
\copy t . a ( i , b ) to stdout with csv
\watch foo
\watch
\set ON_ERROR_STOP on
select 9;
\i include.sql
select 10;
