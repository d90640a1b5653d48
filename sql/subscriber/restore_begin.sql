-- The settings that the statements of pg_dump are written for.
SET check_function_bodies = false;
SET client_min_messages = warning;
SET default_tablespace = '';
