#!/usr/bin/env python3
"""A node for Maelstrom's protocol that floods: who first hears a value tells every neighbour except the one it came from.

It fits a page and sends the fewest messages a flood can: 2E - (n - 1) a value on a topology of n nodes and E links, n - 1 on a
tree. It trusts the network: what a partition drops is lost (broadcast.js has the cure). Beside broadcast it answers echo and
unique-ids; for the grow-only set say so:  headroom maelstrom --workload g-set --bin ./broadcast.py -- g-set
"""
import json
import sys

node, peers, neighbours = "", [], []
values = set()
requests = 0
is_set = sys.argv[1:] == ["g-set"]


def send(bodies):
    """One write for all messages of a step: (destination, body) pairs."""
    sys.stdout.write("".join(f'{{"src":"{node}","dest":"{dest}","body":{body}}}\n' for dest, body in bodies))
    sys.stdout.flush()


def reply(message, kind, **fields):
    body = {"type": kind, "in_reply_to": message["body"]["msg_id"], **fields}
    send([(message["src"], json.dumps(body))])


def spread(value, but):
    if value not in values:
        values.add(value)
        body = json.dumps({"type": "flood", "value": value})
        send([(peer, body) for peer in neighbours if peer != but])


for line in sys.stdin:
    message = json.loads(line)
    body = message["body"]
    kind = body["type"]
    if kind == "flood":
        spread(body["value"], message["src"])
    elif kind == "broadcast":
        spread(body["message"], None)
        reply(message, "broadcast_ok")
    elif kind == "add":
        spread(body["element"], None)
        reply(message, "add_ok")
    elif kind == "read":
        reply(message, "read_ok", **{"value" if is_set else "messages": sorted(values)})
    elif kind == "echo":
        reply(message, "echo_ok", echo=body["echo"])
    elif kind == "generate":
        requests += 1
        reply(message, "generate_ok", id=f"{node}-{requests}")
    elif kind == "topology":
        neighbours = body["topology"][node]
        reply(message, "topology_ok")
    elif kind == "init":
        node, peers = body["node_id"], body["node_ids"]
        neighbours = [peer for peer in peers if peer != node]
        reply(message, "init_ok")
    else:
        reply(message, "error", code=10, text=f"no such request: {kind}")
