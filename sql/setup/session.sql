-- Fixes what a session's settings may change in the text form of values (correctness: the same text on both sides).
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = 'postgres';
SET extra_float_digits = 3;
SET bytea_output = 'hex';
SET TimeZone = 'UTC';
SET lc_monetary = 'C';
SET standard_conforming_strings = on;
SET row_security = off;
SET search_path = '';
