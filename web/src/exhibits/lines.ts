import { h, svg, type Child } from "../dom";
import { num, type LinesExhibit } from "../document";
import { quantity } from "../format";
import { chart, colourOf, leftName, readyAxis, tip, tooltip } from "./chart";

const dashes: readonly (string | number[])[] = ["solid", [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [1, 4]];

/** Hues come round every six series: each round takes its dashes from one further on, so that no two of thirty-six look alike. */
function dashOf(index: number): number {
  return (index + Math.floor(index / dashes.length)) % dashes.length;
}

/** Curves over a common axis, named in a key above them. */
export function lines(data: LinesExhibit): { picture: Child; remark: string } {
  const x = readyAxis(data.x, data.series.flatMap((s) => s.points.map(([v]) => num(v))));
  const y = readyAxis(data.y, data.series.flatMap((s) => s.points.map(([, v]) => num(v))));
  const series = data.series.map((s, index) => ({
    name: s.name,
    colour: colourOf(s.role, index),
    dash: s.role === "limit" ? [4, 4] : s.role && s.role !== "candidate" ? "solid" : (dashes[dashOf(index)] ?? "solid"),
    points: s.points.map(([a, b]) => [x.place(num(a)), y.place(num(b))] as const),
  }));
  const lost = series.reduce((n, s) => n + s.points.filter((p) => p.includes(null)).length, 0);
  const option = (width: number): Record<string, unknown> => ({
    grid: { left: 8, right: 20, top: 30, bottom: 36, containLabel: true },
    tooltip: { ...tooltip, trigger: "axis", formatter: (at: unknown) => readings(at, data, x.unit.factor, y.unit.factor) },
    xAxis: { ...x.option, name: x.name, nameLocation: "middle", nameGap: 30, nameTruncate: { maxWidth: width - 60 }, splitLine: { show: false }, splitNumber: width < 480 ? 3 : 6 },
    yAxis: { ...y.option, name: y.name, nameLocation: "end", nameGap: 12, nameTextStyle: leftName, nameTruncate: { maxWidth: width - 60 }, splitNumber: 4 },
    series: series.map((s) => ({
      type: "line", name: s.name, clip: true, data: s.points.filter(([a]) => a !== null), showSymbol: s.points.length === 1, symbolSize: 6, connectNulls: false, silent: true,
      lineStyle: { color: s.colour, width: 2, type: s.dash }, itemStyle: { color: s.colour },
    })),
  });
  const label = `${data.title}: ${series.map((s) => s.name).join(", ")} by ${data.x.label}`;
  return {
    picture: [key(series), chart(label, 320, option)],
    remark: lost === 0 ? "" : `${lost} ${lost === 1 ? "value has" : "values have"} no place on this axis (zero or unbounded) and ${lost === 1 ? "is" : "are"} left out.`,
  };
}

function key(series: readonly { name: string; colour: string; dash: string | readonly number[] }[]): Child {
  return series.length > 0 && h("p", { class: "key" }, series.map((s) => h("span", { class: "entry" },
    svg("svg", { class: "line-sample", viewBox: "0 0 26 8", "aria-hidden": "true" },
      svg("line", { x1: 0, y1: 4, x2: 26, y2: 4, style: { stroke: s.colour, "stroke-width": "2", "stroke-dasharray": typeof s.dash === "string" ? "none" : s.dash.join(" ") } })), s.name)));
}

function readings(at: unknown, data: LinesExhibit, fx: number, fy: number): HTMLElement {
  const items = (Array.isArray(at) ? at : [at]) as { seriesName: string; value: readonly (number | null)[] }[];
  const x = items[0]?.value[0] ?? null;
  return tip(`${data.x.label} ${quantity(x === null ? null : x / fx, data.x.unit ?? "")}`, items.map((item) => {
    const value = item.value[1] ?? null;
    return [item.seriesName, quantity(value === null ? null : value / fy, data.y.unit ?? "")] as const;
  }));
}
