-- Begins the transaction in which a publication is changed.
BEGIN;
