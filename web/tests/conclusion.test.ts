import assert from "node:assert/strict";
import { test } from "node:test";
import { conclusion } from "../src/conclusion";
import type { Candidate, Chapter, Finding, Limit } from "../src/document";

const candidate = (strategy: string, value: number | string, extra: Partial<Candidate> = {}): Candidate => ({ strategy, value, provenance: { kind: "model", detail: "" }, ...extra });
const bound: Limit = { kind: "bound", id: "b", value: 4, side: "floor", regime: "" };
const say = (finding: Partial<Finding>): string =>
  conclusion({ headline: { metric: "delay", unit: "ms", candidates: [], limit: bound, now: candidate("a", 10), best: candidate("b", 5), ...finding } } as unknown as Chapter).replaceAll("\u202f", " ");

test("now, best and the bound in a sentence each", () => {
  assert.equal(say({}), "Going from a to b takes delay from 10 ms to 5 ms. Nothing can go below 4 ms, 20 % less than the best.");
});

test("money is named where it is known, also when the better costs more", () => {
  const priced = (best: number): string => say({ now: candidate("a", 10, { moneyPerYear: 3000 }), best: candidate("b", 5, { moneyPerYear: best }) });
  assert.match(priced(1000), /to 5 ms, saving \$2k a year\./);
  assert.match(priced(4000), /to 5 ms, at \$1k more a year\./);
});

test("a goal missed today comes first", () => {
  assert.match(say({ now: candidate("a", 10, { missedGoals: ["p99 10 ms > 8 ms"] }) }), /^Today's a misses p99 10 ms > 8 ms\. Going/);
});

test("what cannot be said is not said", () => {
  assert.match(say({ best: null }), /no strategy tried meets every goal/);
  assert.match(say({ best: candidate("a", 10) }), /nothing tried does better/);
  assert.match(say({ limit: null }), /No limit is known for it\.$/);
  assert.match(say({ limit: { ...bound, value: { outsideRegime: "repair" } } }), /does not speak here: repair\.$/);
  assert.match(say({ now: candidate("a", "infinite") }), /from unbounded to 5 ms/);
  assert.match(say({ limit: { ...bound, kind: "reference" } }), /The strongest known methods reach 4 ms/);
  assert.match(say({ best: candidate("b", 4) }), /and that is reached\.$/);
});

test("a ceiling is exceeded, not undercut", () => {
  const text = say({ side: "ceiling", limit: { ...bound, side: "ceiling", value: 10 }, now: candidate("a", 2), best: candidate("b", 8) });
  assert.match(text, /Nothing can exceed 10 ms, 25 % more than the best\.$/);
});
