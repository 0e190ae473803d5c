import assert from "node:assert/strict";
import { test } from "node:test";
import { placeLabels } from "../src/exhibits/labelPlacement";

const none = { discs: [], segments: [], discRadius: 9 };

test("a name avoids the line above it and the disc beside it", () => {
  const node = [{ at: [0, 0], width: 40 }] as const;
  assert.deepEqual(placeLabels(node, 14, none), ["top"]);
  assert.deepEqual(placeLabels(node, 14, { ...none, segments: [[[0, 0], [0, -100]]] }), ["right"]);
  assert.deepEqual(placeLabels(node, 14, { discs: [[30, 0], [-30, 0]], segments: [[[0, 0], [0, -100]]], discRadius: 9 }), ["bottom"]);
});

test("in a crowd a name is left out rather than laid over a neighbour", () => {
  const row = Array.from({ length: 5 }, (_, i) => ({ at: [12 * i, 0] as const, width: 10 }));
  const ring = [...row, ...row.map((n) => ({ at: [n.at[0], 14] as const, width: 10 })), ...row.map((n) => ({ at: [n.at[0], -14] as const, width: 10 }))];
  assert.ok(placeLabels(ring, 14, none)[2] !== null);
  assert.equal(placeLabels(ring, 14, { ...none, sparing: true })[2], null);
});

test("a name that would lie on another is left out", () => {
  const crowd = Array.from({ length: 9 }, () => ({ at: [0, 0] as const, width: 60 }));
  const sides = placeLabels(crowd, 14, none);
  assert.ok(sides.filter((s) => s !== null).length <= 4);
  assert.ok(sides.includes(null));
});
