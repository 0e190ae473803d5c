"""A bounded load on an etcd cluster through its JSON gateway: what a shop keeps in etcd (carts, prices, locks, settings).

Zipf-like choice of articles and customers, a fixed mix of operations, one request at a time with small pauses.
Standard library only.
"""
import argparse
import base64
import json
import random
import time
import urllib.error
import urllib.request


def call(port, path, body, timeout=5.0):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return json.load(answer)


def text(value):
    return base64.b64encode(value.encode()).decode()


def wait_until_ready(ports):
    for port in ports:
        for _ in range(200):
            try:
                call(port, "/v3/kv/range", {"key": text("/atlas/settings/ready")}, timeout=1.0)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            raise SystemExit(f"member at port {port} did not answer in time")


def leader(ports):
    """The place (1, 2, 3) of the member that leads."""
    for place, port in enumerate(ports, 1):
        status = call(port, "/v3/maintenance/status", {})
        if status["leader"] == status["header"]["member_id"]:
            return place
    raise SystemExit("no leader")


def zipf(rng, count):
    return min(count - 1, int(count ** rng.random()) - 1)


def cart(rng):
    lines = [{"sku": f"A{10000 + 7 * zipf(rng, 8000)}", "n": 1 + zipf(rng, 9), "cents": rng.randrange(99, 19999, 50)}
             for _ in range(1 + zipf(rng, 12))]
    return json.dumps({"lines": lines, "currency": rng.choice(["EUR", "EUR", "EUR", "USD", "GBP"])})


def one(rng, port):
    roll = rng.random()
    article = f"A{10000 + 7 * zipf(rng, 8000)}"
    customer = f"{zipf(rng, 60000):08x}"
    if roll < 0.40:
        key = rng.choice([f"/atlas/prices/{article}", f"/atlas/carts/{customer}", f"/atlas/stock/{article}"])
        call(port, "/v3/kv/range", {"key": text(key)})
    elif roll < 0.62:
        call(port, "/v3/kv/put", {"key": text(f"/atlas/carts/{customer}"), "value": text(cart(rng))})
    elif roll < 0.78:
        price = json.dumps({"cents": rng.randrange(99, 19999, 10), "vat": rng.choice([7, 19, 21])})
        call(port, "/v3/kv/put", {"key": text(f"/atlas/prices/{article}"), "value": text(price)})
    elif roll < 0.90:
        key = text(f"/atlas/locks/checkout/{customer}")
        lease = call(port, "/v3/lease/grant", {"TTL": rng.choice([10, 30, 60])})["ID"]
        call(port, "/v3/kv/txn", {
            "compare": [{"key": key, "target": "CREATE", "result": "EQUAL", "create_revision": "0"}],
            "success": [{"requestPut": {"key": key, "value": text("held"), "lease": lease}}],
            "failure": [{"requestRange": {"key": key}}]})
    elif roll < 0.96:
        prefix = rng.choice(["/atlas/settings/", f"/atlas/stock/{article[:3]}"])
        end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        call(port, "/v3/kv/range", {"key": text(prefix), "range_end": text(end), "limit": "50"})
    else:
        call(port, "/v3/kv/deleterange", {"key": text(f"/atlas/carts/{customer}")})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ports", type=int, nargs="+", required=True)
    parser.add_argument("--requests", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wait", action="store_true")
    parser.add_argument("--print-leader", action="store_true")
    arguments = parser.parse_args()
    if arguments.wait:
        wait_until_ready(arguments.ports)
    if arguments.print_leader:
        print(leader(arguments.ports))
    rng = random.Random(arguments.seed)
    for _ in range(arguments.requests):
        one(rng, rng.choice(arguments.ports))
        time.sleep(rng.expovariate(200.0))


if __name__ == "__main__":
    main()
