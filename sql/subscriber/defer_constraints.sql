-- Has keys that are deferrable checked at the commit.
SET CONSTRAINTS ALL DEFERRED;
