\if true
select 1;
\if false
select 2;
\endif
