import assert from "node:assert/strict";
import { test } from "node:test";
import { money, percent, quantity, range, significant } from "../src/format";

const plain = (text: string): string => text.replaceAll("\u202f", " ");

test("quantities stand in the unit that leaves one to three digits before the point", () => {
  assert.equal(plain(quantity(0.0042, "s")), "4.2 ms");
  assert.equal(plain(quantity(5400, "s")), "1.5 h");
  assert.equal(plain(quantity(3e12, "B/day")), "3 TB/day");
  assert.equal(plain(quantity(1500, "Mbit/s")), "1.5 Gbit/s");
  assert.equal(plain(quantity(7.8e12, "copies")), "7.8 T copies");
  assert.equal(plain(quantity(12.5, "%")), "12.5 %");
  assert.equal(quantity(0, "1"), "0");
});

test("the infinite is a word", () => {
  assert.equal(quantity(Infinity, "ms"), "unbounded");
  assert.equal(quantity(Infinity, "bit/s"), "unbounded");
  assert.equal(quantity(null, "s"), "—");
});

test("tiny and huge numbers keep an exponent that people can read", () => {
  assert.equal(significant(4.1e-13), "4.1×10⁻¹³");
  assert.equal(significant(1e-9), "10⁻⁹");
  assert.equal(plain(significant(1234567)), "1 234 567");
  assert.equal(significant(0.99996), "1");
  assert.equal(significant(0.99996, 5), "0.99996");
});

test("a share close to one keeps what it lacks", () => {
  assert.equal(quantity(0.99996, "1"), "0.99996");
  assert.equal(quantity(0.999999987, ""), "0.999999987");
  assert.equal(plain(quantity(99.9712, "%")), "99.971 %");
  assert.equal(quantity(1, "1"), "1");
});

test("money is short", () => {
  assert.equal(money(1_240_000), "$1.24M");
  assert.equal(money(999_700), "$1M");
  assert.equal(money(2e12), "$2T");
  assert.equal(money(-310_400), "\u2212$310k");
  assert.equal(money(96.4), "$96.4");
  assert.equal(money(0.25), "$0.25");
  assert.equal(money(0), "$0");
});

test("an interval names a shared unit once", () => {
  assert.equal(plain(range(0.0451, 0.0482, "s")), "45.1 – 48.2 ms");
  assert.equal(plain(range(0.9, 1.2, "s")), "900 ms – 1.2 s");
  assert.equal(plain(range(1.001, 1.002, "")), "1.001 – 1.002");
});

test("a share never rounds to all or nothing", () => {
  assert.equal(plain(percent(0.99996)), "over 99.99 %");
  assert.equal(plain(percent(0.00001)), "under 0.01 %");
  assert.equal(plain(percent(0.873)), "87 %");
  assert.equal(plain(percent(1)), "100 %");
  assert.equal(plain(percent(-1e-16)), "0 %");
});
