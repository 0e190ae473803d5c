#!/usr/bin/env bash
# Records ../checkout.trace: the service times of 8,000 checkouts in a real PostgreSQL on loopback, one after another
# (one client, no waiting in line), in microseconds. Needs PostgreSQL 15 (its bin folder on the PATH, or Debian's place).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for bin in /usr/lib/postgresql/*/bin; do PATH="$PATH:$bin"; done
as=() # PostgreSQL refuses to run as root
[ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
work=$(mktemp -d)
finish() {
  "${as[@]}" pg_ctl -D "$work/data" -m fast -s stop 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
cp "$here"/checkout*.sql "$work"
chmod 755 "$work"; [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$work"
cd "$work"
export TZ=UTC PGHOST=127.0.0.1 PGPORT=25432 PGUSER=shop PGDATABASE=shop
"${as[@]}" initdb -D "$work/data" -U shop -A trust -E UTF8 --locale=C >initdb.out
"${as[@]}" pg_ctl -D "$work/data" -w -s -l "$work/server.log" \
  -o "-p $PGPORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=128MB" start
"${as[@]}" createdb shop
"${as[@]}" psql -q -v ON_ERROR_STOP=1 -f checkout_schema.sql
"${as[@]}" pgbench -n -c 1 -j 1 -t 1000 --random-seed=1 -f checkout.sql >warmup.out 2>&1
"${as[@]}" pgbench -n -c 1 -j 1 -t 8000 --random-seed=2 -M prepared -l --log-prefix=checkout -f checkout.sql >run.out 2>&1
{
  echo "# service times of 8,000 checkouts, one per line, in microseconds (see samples/README.md)"
  echo "# unit: us"
  cat checkout.[0-9]* | cut -d' ' -f3
} >"$here/../checkout.trace"
tail -n 12 run.out
