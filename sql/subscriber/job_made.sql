-- Notes what is about to be made on the source, so that it can be found and removed whatever happens then.
-- $1 slot, $2 the slot is made, $3 the publication is made
UPDATE scry_backfill.job SET made_slot = made_slot OR $2::boolean, made_publication = made_publication OR $3::boolean
 WHERE slot = $1;
