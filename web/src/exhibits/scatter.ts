import type { Child } from "../dom";
import { num, type Role, type ScatterExhibit } from "../document";
import { quantity } from "../format";
import { chart, readyAxis, tip, tooltip } from "./chart";

const symbols: Readonly<Record<Role, string>> = { claimed: "diamond", now: "circle", candidate: "circle", best: "triangle", limit: "rect" };

/** Points by two metrics, each named where there is room; those that miss a goal are hollow. */
export function scatter(data: ScatterExhibit): { picture: Child; remark: string } {
  const guides = data.guides ?? [];
  const x = readyAxis(data.x, [...data.points.map((p) => num(p.x)), ...guides.filter((g) => g.axis === "x").map((g) => num(g.value))]);
  const y = readyAxis(data.y, [...data.points.map((p) => num(p.y)), ...guides.filter((g) => g.axis === "y").map((g) => num(g.value))]);
  const placed = data.points.flatMap((point) => {
    const at = [x.place(num(point.x)), y.place(num(point.y))];
    return at.includes(null) ? [] : [{ point, at }];
  });
  const missing = data.points.length - placed.length;
  const marks = guides.flatMap((g) => {
    const at = (g.axis === "x" ? x : y).place(num(g.value));
    return at === null ? [] : [{ name: g.label, [`${g.axis}Axis`]: at, label: { position: g.axis === "x" ? "insideEndTop" : "insideStartTop" } }];
  });
  const option = (width: number): Record<string, unknown> => ({
    grid: { left: 8, right: 24, top: 30, bottom: 36, containLabel: true },
    tooltip: { ...tooltip, trigger: "item", formatter: (at: unknown) => reading((at as { dataIndex: number }).dataIndex, placed.map((p) => p.point), data) },
    xAxis: { ...x.option, name: x.name, nameLocation: "middle", nameGap: 30, splitNumber: width < 480 ? 3 : 6 },
    yAxis: { ...y.option, name: y.name, nameLocation: "end", nameGap: 12, nameTextStyle: { color: "var(--ink-2)", align: "left" }, splitNumber: 4 },
    series: [{
      type: "scatter",
      data: placed.map(({ point, at }) => pointOf(point, at)),
      labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
      markLine: { silent: true, symbol: "none", data: marks, lineStyle: { color: "var(--limit)", type: [4, 4], width: 1.5 }, label: { color: "var(--limit)", formatter: "{b}", fontSize: 11.5 } },
    }],
  });
  return {
    picture: chart(`${data.title}: ${data.points.map((p) => p.name).join(", ")} by ${data.x.label} and ${data.y.label}`, 340, option),
    remark: missing === 0 ? "" : `${missing} of ${data.points.length} have no place on these axes (zero or unbounded); the table names them.`,
  };
}

function pointOf(point: ScatterExhibit["points"][number], at: readonly (number | null)[]): Record<string, unknown> {
  const role = point.role ?? "candidate";
  const colour = point.meetsGoals === false ? "var(--ink-3)" : `var(--${role})`;
  return {
    name: point.name,
    value: at,
    symbol: symbols[role],
    symbolSize: role === "candidate" ? 9 : 12,
    itemStyle: point.meetsGoals === false ? { color: "var(--paper)", borderColor: colour, borderWidth: 1.5 } : { color: colour },
    label: { show: true, position: "right", distance: 6, color: role === "candidate" ? "var(--ink-2)" : colour, fontSize: 12, formatter: point.name, fontWeight: role === "candidate" ? 400 : 600 },
    emphasis: { disabled: true },
  };
}

function reading(index: number, points: ScatterExhibit["points"], data: ScatterExhibit): HTMLElement {
  const point = points[index]!;
  return tip(point.name, [
    [data.x.label, quantity(num(point.x), data.x.unit ?? "")],
    [data.y.label, quantity(num(point.y), data.y.unit ?? "")],
    ...(point.meetsGoals === false ? [["misses", "a goal"] as const] : []),
  ]);
}
