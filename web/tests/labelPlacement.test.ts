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

test("a name that would lie on another is left out", () => {
  const crowd = Array.from({ length: 9 }, () => ({ at: [0, 0] as const, width: 60 }));
  const sides = placeLabels(crowd, 14, none);
  assert.ok(sides.filter((s) => s !== null).length <= 4);
  assert.ok(sides.includes(null));
});
