import type { Child } from "../dom";
import { num, type Role, type ScatterExhibit } from "../document";
import { quantity } from "../format";
import { chart, leftName, readyAxis, tip, tooltip, type ReadyAxis } from "./chart";

const symbols: Readonly<Record<Role, string>> = { claimed: "diamond", now: "circle", candidate: "circle", best: "triangle", limit: "rect" };

type Point = ScatterExhibit["points"][number];

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
  const share = shareAlong(x, placed);
  const option = (width: number): Record<string, unknown> => ({
    grid: { left: 8, right: 24, top: 48, bottom: 36, containLabel: true },
    tooltip: { ...tooltip, trigger: "item", formatter: (at: unknown) => reading((at as { dataIndex: number }).dataIndex, placed, data) },
    xAxis: { ...x.option, name: x.name, nameLocation: "middle", nameGap: 30, nameTruncate: { maxWidth: width - 60 }, splitNumber: width < 480 ? 3 : 6 },
    yAxis: { ...y.option, name: y.name, nameLocation: "end", nameGap: 28, nameTextStyle: leftName, nameTruncate: { maxWidth: width - 60 }, splitNumber: 4 },
    series: [{
      type: "scatter",
      clip: false,
      data: placed.map((p) => pointOf(p, share(p), width)),
      labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
      markLine: markLine(guides, x, y, width),
    }],
  });
  return {
    picture: chart(`${data.title}: ${data.points.map((p) => p.name).join(", ")} by ${data.x.label} and ${data.y.label}`, 360, option),
    remark: missing === 0 ? "" : `${missing} of ${data.points.length} have no place on these axes (zero or unbounded); the table names them.`,
  };
}

/** Where a point stands along the axis, to keep its name inside the frame. */
function shareAlong(x: ReadyAxis, placed: readonly Placed[]): (p: Placed) => number {
  const coordinate = ({ at }: Placed): number => (x.log ? Math.log(at[0]) : at[0]);
  const all = placed.map(coordinate);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return (p) => (high > low ? (coordinate(p) - low) / (high - low) : 0.5);
}

function markLine(guides: NonNullable<ScatterExhibit["guides"]>, x: ReadyAxis, y: ReadyAxis, width: number): Record<string, unknown> {
  const marks = guides.flatMap((guide) => {
    const at = (guide.axis === "x" ? x : y).place(num(guide.value));
    const label = { position: guide.axis === "x" ? "end" : "insideEndTop", formatter: guide.label };
    return at === null ? [] : [{ [`${guide.axis}Axis`]: at, label }];
  });
  return {
    silent: true,
    symbol: "none",
    // The default rounds to two decimals, which loses 1e-9.
    precision: 20,
    data: marks,
    lineStyle: { color: "var(--limit)", type: [4, 4], width: 1.5 },
    label: { color: "var(--limit)", fontSize: 12, distance: 4, width: width / 3, overflow: "truncate" },
  };
}

function pointOf({ point, at }: Placed, share: number, width: number): Record<string, unknown> {
  const role = point.role ?? "candidate";
  const missed = point.meetsGoals === false;
  const colour = missed ? "var(--ink-3)" : `var(--${role})`;
  return {
    name: point.name,
    value: at,
    symbol: symbols[role],
    symbolSize: role === "candidate" ? 9 : 12,
    itemStyle: missed ? { color: "var(--paper)", borderColor: colour, borderWidth: 1.5, opacity: 1 } : { color: colour, opacity: 1 },
    label: {
      show: true,
      position: share > 0.66 ? "left" : "right",
      distance: 6,
      color: role === "candidate" && !missed ? "var(--ink-2)" : colour,
      fontSize: 12,
      formatter: point.name,
      fontWeight: role === "candidate" ? 400 : 600,
      width: width * 0.45,
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
