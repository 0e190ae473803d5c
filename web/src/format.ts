/** A narrow space that does not break: between number and unit. */
const space = "\u202f";

const prefixes: readonly [string, number][] = [["E", 1e18], ["P", 1e15], ["T", 1e12], ["G", 1e9], ["M", 1e6], ["k", 1e3], ["", 1]];
const times: readonly [string, number][] = [["y", 31557600], ["d", 86400], ["h", 3600], ["min", 60], ["s", 1], ["ms", 1e-3], ["µs", 1e-6], ["ns", 1e-9]];
/** Shares this close to one are told apart by what they lack. */
const nearOne = 0.99;
const timeScales: Readonly<Record<string, number>> = { y: 31557600, day: 86400, d: 86400, h: 3600, min: 60, s: 1, ms: 1e-3, us: 1e-6, "µs": 1e-6, ns: 1e-9 };
const dataUnit = /^([kMGTPE]?)(B|bit|bps)((?:\/.*)?)$/;

/** The value to so many significant digits, without an exponent from 1e-4 to 1e15. */
export function significant(value: number, digits = 4): string {
  if (value === 0) {
    return "0";
  }

  if (!Number.isFinite(value)) {
    return value > 0 ? "unbounded" : "minus unbounded";
  }

  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) {
    const [mantissa, exponent] = value.toExponential(Math.min(digits - 1, 2)).split("e");
    const factor = Number(mantissa);
    return `${factor === 1 ? "" : `${minus(String(factor))}×`}10${superscript(Number(exponent))}`;
  }

  const rounded = Number(value.toPrecision(digits));
  const plain = Math.abs(rounded) >= 10 ** digits ? String(Math.round(value)) : String(rounded);
  const [whole = "", fraction] = plain.split(".");
  const grouped = whole.replace("-", "").length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
  return minus(fraction === undefined ? grouped : `${grouped}.${fraction}`);
}

/** The value in the unit of its family that leaves one to three digits before the point. */
export function quantity(value: number | null, unit: string, digits = 4): string {
  if (value === null) {
    return "—";
  }

  if (!Number.isFinite(value)) {
    return value < 0 ? "minus unbounded" : "unbounded";
  }

  const scale = timeScales[unit];

  if (scale !== undefined) {
    const seconds = value * scale;
    const [name, size] = times.find(([, s]) => Math.abs(seconds) >= s) ?? (seconds === 0 ? [unit, scale] : ["ns", 1e-9]);
    return `${significant(seconds / size, digits)}${space}${name}`;
  }

  if (unit.startsWith("$")) {
    return `${money(value, digits)}${unit.slice(1)}`;
  }

  const data = dataUnit.exec(unit);
  if (data) {
    const [, prefix = "", atom = "", below = ""] = data;
    const base = value * (prefixes.find(([p]) => p === prefix)?.[1] ?? 1);
    const [name, size] = prefixes.find(([, s]) => Math.abs(base) >= s) ?? ["", 1];
    return `${significant(base / size, digits)}${space}${name}${atom}${below}`;
  }

  return plainQuantity(value, unit, digits);
}

function plainQuantity(value: number, unit: string, digits: number): string {
  const word = unit === "1" ? "" : unit;
  const size = Math.abs(value);
  const share = word === "%" ? value / 100 : value;
  if ((word === "" || word === "%") && share > nearOne && share < 1) {
    const nines = Math.min(14, Math.ceil(-Math.log10(1 - share)) + 1 + (digits > 4 ? 1 : 0));
    const text = String(Number(value.toFixed(Math.max(0, word === "%" ? nines - 2 : nines))));
    return word === "%" ? `${text}${space}%` : text;
  }

  const large = word !== "%" && size >= 1e5 && size < 1e21 ? prefixes.find(([, s]) => size >= s) : undefined;
  const text = large ? `${significant(value / large[1], digits)}${space}${large[0]}` : significant(value, digits);
  return word === "" || word.startsWith("/") ? text + word : `${text}${space}${word}`;
}

/** An interval; a unit that both ends share is written once. */
export function range(low: number, high: number, unit: string, digits = 4): string {
  const [a, b] = [quantity(low, unit, digits), quantity(high, unit, digits)];
  const [head, tail] = a.split(/\u202f(?=\D)/);
  return tail !== undefined && b.endsWith(`\u202f${tail}`) ? `${head} – ${b}` : `${a} – ${b}`;
}

/** Dollars: `$1.24M`, `−$310k`, `$96`. */
export function money(dollars: number | null, digits = 3): string {
  if (dollars === null) {
    return "—";
  }

  if (!Number.isFinite(dollars)) {
    return dollars > 0 ? "unbounded" : "minus unbounded";
  }

  const size = Math.abs(dollars);
  const sign = dollars < 0 && size >= 0.005 ? "\u2212" : "";
  const [name, scale] = ([["T", 1e12], ["B", 1e9], ["M", 1e6], ["k", 1e3]] as const).find(([, s]) => size >= s * 0.9995) ?? ["", 1];
  const text = size < 0.005 ? "0" : size < 1 ? size.toFixed(2) : significant(size / scale, digits);
  return `${sign}$${text}${name}`;
}

/** A share of one as a percentage that never rounds to a lie: `99.98 %` stays below 100. */
export function percent(share: number | null): string {
  if (share === null) {
    return "—";
  }

  const p = share * 100;
  const size = Math.abs(p);
  if (size < 1e-7) {
    return `0${space}%`;
  }

  if (size < 0.01) {
    return `${p < 0 ? "above \u2212" : "under "}0.01${space}%`;
  }

  if (p < 100 && p > 99.99) {
    return `over 99.99${space}%`;
  }

  const decimals = size >= 99 && size < 100 ? 2 : size >= 10 ? 0 : size >= 1 ? 1 : 2;
  return `${minus(String(Number(p.toFixed(decimals))))}${space}%`;
}

/** `Price push` of `price push`, leaving what follows alone. */
export function sentenceCase(text: string): string {
  return text.length === 0 ? text : text[0]!.toUpperCase() + text.slice(1);
}

export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function minus(text: string): string {
  return text.replace("-", "\u2212");
}

export function superscript(exponent: number): string {
  return String(exponent).replace(/[-0-9]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]!));
}
