#!/usr/bin/env bash
# Records ../logs/shop-access.log: a real nginx on loopback, its access log under a bounded load of varied requests.
# Needs nginx and python3 on the PATH.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pid=
finish() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
cd "$work"
export TZ=UTC
chmod 755 . # a worker of another user reads the pages
python3 "$here/shop_load.py" --make-pages ./shop
cp "$here/nginx.conf" ./nginx.conf
mkdir temporary
nginx -p "$work" -c nginx.conf -e ./error.log &
pid=$!
python3 "$here/shop_load.py" --port 28080 --requests 1100 --seed 1
kill -QUIT "$pid"; wait "$pid" || true; pid=
cp access.log "$here/../logs/shop-access.log"
