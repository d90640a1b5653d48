#!/usr/bin/env bash
# Makes the captured streams in this folder anew: each NAME.copy is what pgoutput sends for a workload (the .sql files
# here), one message a row, in COPY's binary format (manual, COPY, "Binary Format").
#
#   ./capture.sh            the servers are Debian's, or in PG15_BIN, PG16_BIN, PG18_BIN
#
# A private cluster for each server version in a temporary folder, reached through a Unix socket there. Each capture has a
# database of its own, with its slot made before the workload. A capture that is made anew has other LSNs, times and
# transaction IDs, so record the snapshots anew too: RECORD_SNAPSHOTS=1 swift test --filter PgoutputTests.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
chmod 755 "$work"

# initdb and postgres refuse to run as root.
as_server() { if [ "$(id -u)" = 0 ]; then (cd "$work" && setpriv --reuid postgres --regid postgres --init-groups "$@"); else "$@"; fi; }

stop() {
    for data in "$work"/*/data; do
        [ -f "$data/postmaster.pid" ] && as_server "$(cat "$data/../bin")/pg_ctl" -D "$data" -m immediate stop >/dev/null
    done
    rm -rf "$work"
}
trap stop EXIT

# start VERSION: a cluster, once; sets bin and the PG variables
start() {
    local variable="PG$1_BIN"
    bin=${!variable:-/usr/lib/postgresql/$1/bin}
    local home=$work/$1
    export PGHOST=$home PGPORT=5432 PGUSER=postgres PGCLIENTENCODING=UTF8 PGOPTIONS='-c client_min_messages=warning'
    [ -d "$home" ] && return
    mkdir "$home"
    echo "$bin" >"$home/bin"
    [ "$(id -u)" = 0 ] && chown -R postgres "$home"
    as_server "$bin/initdb" -D "$home/data" -U postgres --encoding UTF8 --locale C --auth trust --no-sync >/dev/null
    as_server tee -a "$home/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$home'
fsync = off
autovacuum = off
wal_level = logical
max_prepared_transactions = 10
logical_decoding_work_mem = 64kB
timezone = UTC
CONF
    as_server "$bin/pg_ctl" -D "$home/data" -l "$home/log" -w start >/dev/null
}

# capture NAME VERSION WORKLOAD TWO_PHASE OPTION VALUE …
capture() {
    local name=$1 version=$2 workload=$3 two_phase=$4
    shift 4
    local options="'publication_names', 'p'"
    while [ $# -gt 0 ]; do options+=", '$1', '$2'"; shift 2; done
    start "$version"
    local database="capture_${name//-/_}"
    "$bin/createdb" "$database"
    local psql=("$bin/psql" -X -q -v ON_ERROR_STOP=1 -d "$database" -o /dev/null)
    "${psql[@]}" -f "$here/$workload-schema.sql"
    "${psql[@]}" -c "SELECT pg_create_logical_replication_slot('$database', 'pgoutput', false, $two_phase)"
    "${psql[@]}" -f "$here/$workload.sql"
    "$bin/psql" -X -q -v ON_ERROR_STOP=1 -d "$database" -c "\\copy (SELECT data FROM pg_logical_slot_get_binary_changes('$database', NULL, NULL, $options)) TO '$here/$name.copy' (FORMAT binary)"
    "${psql[@]}" -c "SELECT pg_drop_replication_slot('$database')"
    echo "$name: $(stat -c %s "$here/$name.copy") bytes"
}

capture rows-15-v1-text 15 rows false proto_version 1 messages true
capture rows-15-v1-binary 15 rows false proto_version 1 messages true binary true
capture rows-18-v4-text 18 rows false proto_version 4 messages true
capture streaming-15-v2 15 streaming false proto_version 2 messages true streaming on
capture streaming-16-v4-on 16 streaming false proto_version 4 messages true streaming on
capture streaming-16-v4-parallel 16 streaming false proto_version 4 messages true streaming parallel binary true
capture streaming-18-v4-parallel 18 streaming false proto_version 4 messages true streaming parallel
capture two-phase-15-v3 15 two-phase true proto_version 3 two_phase on streaming on
capture two-phase-18-v4 18 two-phase true proto_version 4 two_phase on streaming parallel
