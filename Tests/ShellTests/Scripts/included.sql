\echo in included
select 1/0
