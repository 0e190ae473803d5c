export interface Tick {
  value: number;
  /** 0 at the left edge, 1 at the right. */
  at: number;
}

/** Where values stand on a horizontal scale of width one. */
export interface Scale {
  kind: "linear" | "log";
  position(value: number): number;
  ticks: Tick[];
  /** True when zero (which no logarithm has) or an infinite value was given a place of its own at the edge. */
  broken: boolean;
}

export interface ScaleOptions {
  /** A limit to keep clear of the edge, so that the impossible side shows. */
  limit?: { value: number; side: "floor" | "ceiling" };
  /** About how many ticks. */
  ticks?: number;
  /** Ticks are round in the value times this factor. */
  factor?: number;
}

/** The share of the width kept for zero or an infinite value. */
const slot = 0.09;

/** Logarithmic when the positive values span over a decade and none is negative. */
export function makeScale(values: readonly number[], options: ScaleOptions = {}): Scale {
  const given = [...values, ...(options.limit ? [options.limit.value] : [])];
  const finite = given.filter(Number.isFinite);
  const positive = finite.filter((v) => v > 0);
  const log = positive.length > 0 && finite.every((v) => v >= 0) && Math.max(...positive) / Math.min(...positive) > 10;
  const left = (log && finite.includes(0) ? slot : 0) + (given.includes(-Infinity) ? slot : 0);
  const right = given.includes(Infinity) ? slot : 0;
  const [low, high] = log ? domain(positive.map(Math.log10), options, true) : domain(finite, options, false);
  const inner = (v: number): number => left + ((1 - left - right) * (v - low)) / (high - low);
  const position = (value: number): number => {
    if (value === Infinity) {
      return 1 - slot / 3;
    }

    if (value === -Infinity || (log && value <= 0)) {
      return slot / 3;
    }

    return Math.min(1, Math.max(0, inner(log ? Math.log10(value) : value)));
  };
  const factor = options.factor ?? 1;
  const wanted = options.ticks ?? 5;
  const round = log ? logTicks(low + Math.log10(factor), high + Math.log10(factor), wanted) : linearTicks(low * factor, high * factor, wanted);
  const marks = round.map((tick) => ({ value: tick / factor, at: position(tick / factor) }));
  return {
    kind: log ? "log" : "linear",
    position,
    ticks: [...(log && finite.includes(0) ? [{ value: 0, at: position(0) }] : []), ...marks, ...(right > 0 ? [{ value: Infinity, at: position(Infinity) }] : [])],
    broken: left > 0 || right > 0,
  };
}

/** The ends in the scale's own coordinate, with air, and with a visible wall behind the limit. */
function domain(values: readonly number[], options: ScaleOptions, log: boolean): [number, number] {
  if (values.length === 0) {
    return [0, 1];
  }

  let low = Math.min(...values);
  let high = Math.max(...values);
  if (high === low) {
    const air = log ? 0.5 : Math.abs(high) * 0.5 || 1;
    [low, high] = [low - air, high + air];
  }

  const span = high - low;
  const zeroBased = !log && low >= 0 && low < 0.5 * high;
  let from = zeroBased ? 0 : low - 0.06 * span;
  let to = high + 0.06 * span;
  const limit = options.limit;
  if (limit && Number.isFinite(limit.value) && !(log && limit.value <= 0)) {
    const at = log ? Math.log10(limit.value) : limit.value;
    from = limit.side === "floor" ? Math.min(from, at - 0.1 * span) : from;
    to = limit.side === "ceiling" ? Math.max(to, at + 0.1 * span) : to;
  }

  return [from, to];
}

function linearTicks(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((s) => s * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }

  return ticks;
}

function logTicks(low: number, high: number, wanted: number): number[] {
  const decades = Math.floor(high) - Math.ceil(low) + 1;
  if (decades >= wanted || high - low > 3) {
    const stride = Math.max(1, Math.ceil(decades / wanted));
    const ticks: number[] = [];
    for (let e = Math.ceil(low); e <= high; e += stride) {
      ticks.push(10 ** e);
    }

    return ticks;
  }

  const factors = high - low > 1.6 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (let e = Math.floor(low); e <= high; e++) {
    for (const f of factors) {
      const at = e + Math.log10(f);
      if (at >= low && at <= high) {
        ticks.push(f * 10 ** e);
      }
    }
  }

  return ticks.map((t) => Number(t.toPrecision(12)));
}
