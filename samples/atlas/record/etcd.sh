#!/usr/bin/env bash
# Records ../logs/etcd-n1.log, etcd-n2.log, etcd-n3.log: three etcd members on loopback under a bounded load,
# request log on (debug level), the leader stopped and started again once. Needs etcd 3.4 and python3 on the PATH.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
cd "$work" # the members know only ./n1, ./n2, ./n3
export TZ=UTC

start() { # start N: client port 2N379, peer port 2N380
  etcd --name "n$1" --data-dir "./n$1" --logger zap --log-level debug --log-outputs stderr \
    --listen-client-urls "http://127.0.0.1:2${1}379" --advertise-client-urls "http://127.0.0.1:2${1}379" \
    --listen-peer-urls "http://127.0.0.1:2${1}380" --initial-advertise-peer-urls "http://127.0.0.1:2${1}380" \
    --initial-cluster "n1=http://127.0.0.1:21380,n2=http://127.0.0.1:22380,n3=http://127.0.0.1:23380" \
    --initial-cluster-token atlas --initial-cluster-state "$2" --snapshot-count 500 2>>"./n$1.log" &
  pids[$1]=$!
}

start 1 new; start 2 new; start 3 new
python3 "$here/etcd_load.py" --ports 21379 22379 23379 --wait --requests 420 --seed 1
leader=$(python3 "$here/etcd_load.py" --ports 21379 22379 23379 --print-leader)
kill "${pids[$leader]}"; wait "${pids[$leader]}" 2>/dev/null || true
others=(21379 22379 23379); unset "others[$((leader - 1))]"
python3 "$here/etcd_load.py" --ports "${others[@]}" --wait --requests 140 --seed 2
start "$leader" existing
python3 "$here/etcd_load.py" --ports 21379 22379 23379 --wait --requests 140 --seed 3
for n in 1 2 3; do cp "./n$n.log" "$here/../logs/etcd-n$n.log"; done
