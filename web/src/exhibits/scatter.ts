import { h, svg, type Child } from "../dom";
import { num, type Role, type ScatterExhibit } from "../document";
import { quantity } from "../format";
import { placeLabels, type Pixel } from "./labelPlacement";
import { chart, leftName, readyAxis, tip, tooltip, type ReadyAxis } from "./chart";

const symbols: Readonly<Record<Role, string>> = { claimed: "diamond", now: "circle", candidate: "circle", best: "triangle", limit: "rect" };

const plotHeight = 360;

/** From so many points on, marks are smaller and only names that cover nothing are written. */
const crowd = 24;

type Point = ScatterExhibit["points"][number];
type Guides = NonNullable<ScatterExhibit["guides"]>;

interface Placed {
  point: Point;
  at: readonly [number, number];
}

/** Points by two metrics, each named where there is room; those that miss a goal are hollow. */
export function scatter(data: ScatterExhibit): { picture: Child; remark: string } {
  const guides = data.guides ?? [];
  const x = readyAxis(data.x, [...data.points.map((p) => num(p.x)), ...guides.filter((g) => g.axis === "x").map((g) => num(g.value))]);
  const y = readyAxis(data.y, [...data.points.map((p) => num(p.y)), ...guides.filter((g) => g.axis === "y").map((g) => num(g.value))]);
  const placed = data.points.flatMap((point): Placed[] => {
    const [px, py] = [x.place(num(point.x)), y.place(num(point.y))];
    return px === null || py === null ? [] : [{ point, at: [px, py] }];
  });
  const missing = data.points.length - placed.length;
  const option = (width: number): Record<string, unknown> => ({
    grid: { left: 8, right: 24, top: 30, bottom: 36, containLabel: true },
    tooltip: { ...tooltip, trigger: "item", formatter: (at: unknown) => reading((at as { dataIndex: number }).dataIndex, placed, data) },
    xAxis: { ...x.option, ...roomBelow(x), name: x.name, nameLocation: "middle", nameGap: 30, nameTruncate: { maxWidth: width - 60 }, splitNumber: width < 480 ? 3 : 6 },
    yAxis: { ...y.option, ...roomBelow(y), name: y.name, nameLocation: "end", nameGap: 12, nameTextStyle: leftName, nameTruncate: { maxWidth: width - 60 }, splitNumber: y.log ? 8 : 4 },
    series: [{
      type: "scatter",
      clip: false,
      data: placed.map((p) => pointOf(p, width, placed.length > crowd)),
      markLine: markLine(guides, x, y),
    }],
  });
  return {
    picture: [guideKey(guides, data), chart(`${data.title}: ${data.points.map((p) => p.name).join(", ")} by ${data.x.label} and ${data.y.label}`, plotHeight, option, (pixel, width, left) => placeNames(placed, guides, x, y, pixel, width, left))],
    remark: missing === 0 ? "" : `${missing} of ${data.points.length} have no place on these axes (zero or unbounded); the table names them.`,
  };
}

/** The guides in words: upright dashes for a value of the horizontal axis, level ones for the vertical. */
function guideKey(guides: Guides, data: ScatterExhibit): Child {
  return guides.length > 0 && h("p", { class: "key" }, guides.map((guide) => {
    const upright = guide.axis === "x";
    const line = upright ? { x1: 13, y1: 0, x2: 13, y2: 14 } : { x1: 0, y1: 7, x2: 26, y2: 7 };
    const axis = upright ? data.x : data.y;
    return h("span", { class: "entry" },
      svg("svg", { class: "guide-sample", viewBox: "0 0 26 14", "aria-hidden": "true" }, svg("line", { ...line, class: "guide-line" })),
      `${guide.label} (${quantity(num(guide.value), axis.unit ?? "")})`);
  }));
}

/** A logarithmic axis reaches down to the least of marks and guides; where that is a power of ten it gets a decade more, so that no mark lies on the frame. */
function roomBelow(axis: ReadyAxis): Record<string, number> {
  const power = Math.floor(Math.log10(axis.least) + 1e-9);
  return axis.log && Number.isFinite(power) ? { min: 10 ** (axis.least / 10 ** power < 1.2 ? power - 1 : power) } : {};
}

/** The side of each point on which its name covers least: those that play a part are named first, then what meets the goals. */
function placeNames(placed: readonly Placed[], guides: Guides, x: ReadyAxis, y: ReadyAxis, pixel: (value: readonly [number, number]) => Pixel, width: number, left: number): Record<string, unknown> {
  const rank = ({ point }: Placed): number => ((point.role ?? "candidate") !== "candidate" ? 0 : point.meetsGoals === false ? 2 : 1);
  const order = placed.map((p, i) => ({ p, i })).sort((a, b) => rank(a.p) - rank(b.p) || a.i - b.i);
  const lines = guides.flatMap((guide): (readonly [Pixel, Pixel])[] => {
    const at = (guide.axis === "x" ? x : y).place(num(guide.value));
    const some = placed[0]?.at;
    if (at === null || some === undefined) {
      return [];
    }

    const [px, py] = pixel(guide.axis === "x" ? [at, some[1]] : [some[0], at]);
    return guide.axis === "x" ? [[[px, 0], [px, plotHeight]]] : [[[0, py], [width, py]]];
  });
  const sides = placeLabels(order.map(({ p }) => ({ at: pixel(p.at), width: nameWidth(p.point, width), important: rank(p) === 0 })), 15, { discs: [], segments: lines, discRadius: 0, sparing: placed.length > crowd, left, right: width - 4, top: 24 });
  const data = placed.map((p) => pointOf(p, width, placed.length > crowd));
  order.forEach(({ i }, n) => {
    const side = sides[n];
    data[i] = { ...data[i], label: { ...(data[i]!.label as object), ...(side ? { show: true, position: side } : { show: false }) } };
  });
  return { series: [{ data }] };
}

function nameWidth(point: Point, width: number): number {
  return Math.min(width * 0.5, point.name.length * ((point.role ?? "candidate") === "candidate" ? 6.8 : 7.4));
}

function markLine(guides: Guides, x: ReadyAxis, y: ReadyAxis): Record<string, unknown> {
  const marks = guides.flatMap((guide) => {
    const at = (guide.axis === "x" ? x : y).place(num(guide.value));
    return at === null ? [] : [{ [`${guide.axis}Axis`]: at }];
  });
  return {
    silent: true,
    symbol: "none",
    // The default rounds to two decimals, which loses 1e-9.
    precision: 20,
    data: marks,
    lineStyle: { color: "var(--limit)", type: [4, 4], width: 1.5 },
    label: { show: false },
  };
}

function pointOf({ point, at }: Placed, width: number, crowded: boolean): Record<string, unknown> {
  const role = point.role ?? "candidate";
  const missed = point.meetsGoals === false;
  const colour = missed && role === "candidate" ? "var(--ink-3)" : `var(--${role})`;
  return {
    name: point.name,
    value: at,
    symbol: symbols[role],
    symbolSize: role !== "candidate" ? 12 : crowded ? 6 : 9,
    z: role === "candidate" ? 2 : 3,
    itemStyle: missed ? { color: "var(--paper)", borderColor: colour, borderWidth: 1.5, opacity: 1 } : { color: colour, opacity: 1 },
    label: {
      show: true,
      position: "right",
      distance: 6,
      color: role === "candidate" && !missed ? "var(--ink-2)" : colour,
      fontSize: 12,
      formatter: point.name,
      fontWeight: role === "candidate" ? 400 : 600,
      textBorderColor: "var(--paper)",
      textBorderWidth: 2,
      width: nameWidth(point, width) + 4,
      overflow: "truncate",
    },
    emphasis: { disabled: true },
  };
}

function reading(index: number, placed: readonly Placed[], data: ScatterExhibit): HTMLElement {
  const point = placed[index]!.point;
  return tip(point.name, [
    [data.x.label, quantity(num(point.x), data.x.unit ?? "")],
    [data.y.label, quantity(num(point.y), data.y.unit ?? "")],
    ...(point.meetsGoals === false ? [["misses", "a goal"] as const] : []),
  ]);
}
