import assert from "node:assert/strict";
import { test } from "node:test";
import { makeScale } from "../src/scale";

test("a scale is logarithmic only when values span over a decade", () => {
  assert.equal(makeScale([1, 10]).kind, "linear");
  assert.equal(makeScale([1, 10.1]).kind, "log");
  assert.equal(makeScale([-1, 1000]).kind, "linear");
});

test("order is kept, and everything stays within the width", () => {
  for (const values of [[1, 2, 3], [1e-13, 1e-9, 4e-7], [0, 1e-13, 2], [5, 5], [0, 0], [-3, 4], [1, 1e300]]) {
    const scale = makeScale(values);
    const at = values.map(scale.position);
    assert.ok(at.every((x, i) => x >= 0 && x <= 1 && (i === 0 || x >= at[i - 1]!)), `${values}: ${at}`);
  }
});

test("zero and the infinite have places of their own on a logarithmic scale", () => {
  const scale = makeScale([0, 1e-12, 1e-3, Infinity]);
  assert.ok(scale.broken);
  assert.ok(scale.position(0) < scale.position(1e-12) && scale.position(1e-3) < scale.position(Infinity));
});

test("the wall behind a limit shows", () => {
  const floor = makeScale([10, 20], { limit: { value: 9, side: "floor" } });
  assert.ok(floor.position(9) > 0.05);
  const ceiling = makeScale([10, 20], { limit: { value: 20, side: "ceiling" } });
  assert.ok(ceiling.position(20) < 0.95);
});

test("ticks are few, increasing and inside", () => {
  for (const values of [[1, 2], [1, 40], [1e-13, 1], [0.59, 0.94], [3, 3e9]]) {
    const { ticks } = makeScale(values);
    assert.ok(ticks.length >= 2 && ticks.length <= 9, `${values}: ${ticks.length}`);
    assert.ok(ticks.every((t, i) => t.at >= 0 && t.at <= 1 && (i === 0 || t.value > ticks[i - 1]!.value)));
  }
});

test("nothing at all is still a scale", () => {
  assert.equal(makeScale([]).kind, "linear");
  assert.ok(Number.isFinite(makeScale([Infinity]).position(Infinity)));
});
