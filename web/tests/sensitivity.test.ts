import assert from "node:assert/strict";
import { test } from "node:test";
import type { Candidate, Finding } from "../src/document";
import { breakEven, outlook, pricesOf, rescaled } from "../src/sensitivity";

const candidate = (strategy: string, moneyByPrice: Record<string, number>, meetsGoals = true): Candidate => ({
  strategy, value: 1, provenance: { kind: "model", detail: "" }, meetsGoals, moneyByPrice,
  moneyPerYear: Object.values(moneyByPrice).reduce((a, b) => a + b, 0),
});
const now = candidate("now", { storage: 300, egress: 10 });
const best = candidate("best", { storage: 140, egress: 50 });
const cheap = candidate("cheap", { storage: 1 }, false);
const finding = { now, best, candidates: [now, best, cheap], limit: null } as unknown as Finding;

test("a price moves only its own part", () => {
  assert.equal(rescaled({ storage: 300, egress: 10 }, 310, { storage: 0.5 }), 160);
  assert.equal(rescaled(null, 310, { storage: 0.5 }), 310);
  assert.equal(rescaled(null, null, {}), null);
});

test("what misses a goal is never the cheapest", () => {
  assert.equal(outlook(finding, {}).cheapest, "best");
  assert.equal(outlook(finding, { storage: 0.1 }).cheapest, "now");
  assert.equal(outlook(finding, {}).saving, 120);
});

test("at the price that breaks even, the saving is nothing", () => {
  const multiple = breakEven(finding, "storage")!;
  assert.ok(Math.abs(outlook(finding, { storage: multiple }).saving!) < 1e-9);
  assert.equal(multiple, 0.25);
});

test("prices come in order of their weight", () => {
  assert.deepEqual(pricesOf(finding), ["storage", "egress"]);
});
