import { significant, superscript } from "./format";

/** A unit for an axis: what to multiply by, and its name. */
export interface DisplayUnit {
  factor: number;
  name: string;
}

const times: readonly [string, number][] = [["y", 31557600], ["d", 86400], ["h", 3600], ["min", 60], ["s", 1], ["ms", 1e-3], ["µs", 1e-6], ["ns", 1e-9]];
const aliases: Readonly<Record<string, string>> = { day: "d", us: "µs" };
const prefixes: readonly [string, number][] = [["E", 1e18], ["P", 1e15], ["T", 1e12], ["G", 1e9], ["M", 1e6], ["k", 1e3], ["", 1]];
const dataUnit = /^([kMGTPE]?)(B|bit|bps)((?:\/.*)?)$/;

/** The unit of the same family in which the values read best: by the largest on a linear axis, by the middle on a logarithmic one. */
export function displayUnit(values: readonly number[], unit: string, log: boolean): DisplayUnit {
  const sizes = values.filter((v) => Number.isFinite(v) && v !== 0).map(Math.abs);
  const size = sizes.length === 0 ? 1 : log ? Math.sqrt(Math.max(...sizes)) * Math.sqrt(Math.min(...sizes)) : Math.max(...sizes);
  const time = times.find(([name]) => name === (aliases[unit] ?? unit));
  if (time) {
    const [name, scale] = times.find(([, s]) => size * time[1] >= s) ?? ["ns", 1e-9];
    return { factor: time[1] / scale, name };
  }

  const data = dataUnit.exec(unit);
  if (data) {
    const [, prefix = "", atom = "", below = ""] = data;
    const scale = prefixes.find(([p]) => p === prefix)?.[1] ?? 1;
    const [name, target] = prefixes.find(([, s]) => size * scale >= s) ?? ["", 1];
    return { factor: scale / target, name: `${name}${atom}${below}` };
  }

  if (unit.startsWith("$")) {
    const [name, target] = ([["B", 1e9], ["M", 1e6], ["k", 1e3]] as const).find(([, s]) => size >= s) ?? ["", 1];
    return { factor: 1 / target, name: `${name}${unit}` };
  }

  return { factor: 1, name: unit === "1" ? "" : unit };
}

/** A tick's number, short; large counts with their prefix, small powers of ten as such. */
export function tickText(value: number): string {
  if (value !== 0 && Math.abs(value) <= 1.0001e-3) {
    const exponent = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    return Math.abs(value / 10 ** exponent - 1) < 1e-9 ? `10${superscript(exponent)}` : significant(value, 3);
  }

  if (Math.abs(value) < 1e5) {
    return significant(value, 6);
  }

  const [name, scale] = prefixes.find(([, s]) => Math.abs(value) >= s)!;
  return Math.abs(value) >= 1e21 ? significant(value, 2) : `${significant(value / scale, 3)}${name}`;
}
