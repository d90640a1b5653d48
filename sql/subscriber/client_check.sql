-- A server that works on a long statement notices that its client is gone. 14 and later, and not on every platform.
SET client_connection_check_interval = '2s';
