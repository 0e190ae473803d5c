#!/usr/bin/env node
// A node for Maelstrom's protocol that survives partitions: it keeps, for each neighbour, the values that the neighbour has not
// acknowledged, sends them in batches, and sends again what stays unacknowledged for a second. A batch says what it holds, its
// acknowledgement repeats nothing but the batch's number. Batching makes messages few (values that arrive within the pause travel together) and
// stable latency longer by the pause at every hop.
//
// Beside broadcast it answers echo, unique-ids, and with an argument the grow-only set and the counters, which spread the same way:
//   headroom maelstrom --workload pn-counter --bin ./broadcast.js -- pn-counter
'use strict'

const workload = process.argv[2] ?? 'broadcast'
const pauseMs = Number(process.argv[3] ?? 50)
const againMs = 1000

let node = ''
let neighbours = []
let requests = 0
let batches = 0
const values = new Map() // key -> value: the value itself, or for counters who added it and how much
const waiting = new Map() // neighbour -> Map of key -> when it may be sent (again)
const sent = new Map() // batch number -> its keys

const send = (dest, body) => process.stdout.write(JSON.stringify({ src: node, dest, body }) + '\n')
const reply = (message, body) => send(message.src, { ...body, in_reply_to: message.body.msg_id })

function learn(key, value, from) {
  if (values.has(key)) return
  values.set(key, value)
  for (const peer of neighbours) if (peer !== from) waiting.get(peer).set(key, 0)
}

function sendBatches() {
  const now = Date.now()
  for (const [peer, keys] of waiting) {
    const due = [...keys].filter(([, when]) => when <= now).map(([key]) => key)
    if (due.length === 0) continue
    for (const key of due) keys.set(key, now + againMs)
    sent.set(++batches, due)
    // A value is its own key except for counters.
    send(peer, { type: 'batch', number: batches, entries: due.map(key => workload.endsWith('counter') ? [key, values.get(key)] : key) })
  }
}

function read() {
  const all = [...values.values()]
  if (workload === 'broadcast') return { type: 'read_ok', messages: all }
  return { type: 'read_ok', value: workload === 'g-set' ? all : all.reduce((sum, delta) => sum + delta, 0) }
}

const handlers = {
  init(message) {
    node = message.body.node_id
    neighbours = message.body.node_ids.filter(peer => peer !== node)
    for (const peer of neighbours) waiting.set(peer, new Map())
    setInterval(sendBatches, pauseMs)
    reply(message, { type: 'init_ok' })
  },
  topology(message) {
    neighbours = message.body.topology[node]
    waiting.clear()
    for (const peer of neighbours) waiting.set(peer, new Map())
    reply(message, { type: 'topology_ok' })
  },
  batch(message) {
    for (const entry of message.body.entries) {
      const [key, value] = Array.isArray(entry) ? entry : [entry, entry]
      learn(key, value, message.src)
      waiting.get(message.src)?.delete(key)
    }
    send(message.src, { type: 'batch_ok', number: message.body.number })
  },
  batch_ok(message) {
    for (const key of sent.get(message.body.number) ?? []) waiting.get(message.src)?.delete(key)
    sent.delete(message.body.number)
  },
  broadcast(message) {
    learn(message.body.message, message.body.message)
    reply(message, { type: 'broadcast_ok' })
  },
  add(message) {
    if (workload === 'g-set') learn(message.body.element, message.body.element)
    else learn(`${node}-${++requests}`, message.body.delta)
    reply(message, { type: 'add_ok' })
  },
  read: message => reply(message, read()),
  echo: message => reply(message, { type: 'echo_ok', echo: message.body.echo }),
  generate: message => reply(message, { type: 'generate_ok', id: `${node}-${++requests}` }),
}

require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
  const message = JSON.parse(line)
  const handler = handlers[message.body.type]
  if (handler) handler(message)
  else reply(message, { type: 'error', code: 10, text: `no such request: ${message.body.type}` })
}).on('close', () => process.exit(0))
