import { h, type Child } from "../dom";
import { num, type MapExhibit } from "../document";
import { quantity } from "../format";
import { chart, tip, tooltip } from "./chart";

/** Links at or above this share of the busiest are bottlenecks and are labelled. */
const bottleneck = 0.98;
const levels = 5;

/** A network on its coordinates (x longitude, y latitude), each link coloured and thickened by its value. */
export function networkMap(data: MapExhibit): { picture: Child; remark: string } {
  const at = data.nodes.map((n) => [num(n.x) ?? NaN, num(n.y) ?? NaN] as const);
  const values = data.links.map((l) => num(l.value) ?? 0).filter(Number.isFinite);
  const top = values.length === 0 ? 0 : Math.max(...values);
  const links = data.links.flatMap((link) => {
    const [from, to] = [at[link.from], at[link.to]];
    return from && to && [...from, ...to].every(Number.isFinite) ? [{ link, from, to, share: top > 0 ? Math.min(1, Math.max(0, num(link.value) ?? 0) / top) : 0 }] : [];
  }).sort((a, b) => a.share - b.share);
  const lost = data.links.length - links.length;
  const box = bounds(at.filter((p) => p.every(Number.isFinite)));
  const label = `${data.title}: ${data.nodes.length} nodes and ${data.links.length} links; the busiest is at ${quantity(top, data.value.unit ?? "")}`;
  const picture = chart(label, 400, (width) => {
    const hot = links.filter((l) => l.share >= bottleneck);
    const frame = fit(box, width, 400);
    return {
      grid: frame,
      tooltip: { ...tooltip, trigger: "item", formatter: (p: unknown) => reading(p, data, links.map((l) => l.link)) },
      xAxis: { type: "value", show: false, min: box.left, max: box.right },
      yAxis: { type: "value", show: false, min: box.bottom, max: box.top },
      series: [
        { type: "lines", coordinateSystem: "cartesian2d", z: 1, emphasis: { disabled: true }, data: links.map(({ from, to, share }) => ({
          coords: [from, to], lineStyle: { color: `var(--heat-${level(share)})`, width: 1.5 + 3.5 * share, opacity: 1 } })) },
        { type: "scatter", z: 2, silent: true, symbolSize: 6, data: data.nodes.map((n, i) => ({ name: n.name, value: at[i] })),
          itemStyle: { color: "var(--paper)", borderColor: "var(--ink-2)", borderWidth: 1.5 },
          label: { show: true, position: "top", distance: 4, formatter: "{b}", fontSize: width < 480 ? 10 : 11, color: "var(--ink-2)", textBorderColor: "var(--paper)", textBorderWidth: 3 },
          labelLayout: { hideOverlap: true } },
        { type: "scatter", z: 3, silent: true, symbolSize: 0.1, data: hot.map(({ link, from, to }) => ({
          name: link.label || quantity(num(link.value), data.value.unit ?? "", 3), value: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] })),
          itemStyle: { color: "transparent" },
          label: { show: true, position: "inside", formatter: "{b}", fontSize: 11, fontWeight: 700, color: "var(--heat-5)", textBorderColor: "var(--paper)", textBorderWidth: 4 },
          labelLayout: { hideOverlap: true, moveOverlap: "shiftY" } },
      ],
    };
  });
  return {
    picture: [scaleKey(data, top), picture],
    remark: lost === 0 ? "" : `${lost} of ${data.links.length} links join a node without coordinates and are only in the table.`,
  };
}

const level = (share: number): number => Math.min(levels, 1 + Math.floor(share * levels));

interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
  /** Width over height on the ground, a degree of longitude shortened by the middle latitude. */
  aspect: number;
}

function bounds(places: readonly (readonly [number, number])[]): Box {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const [left, right] = places.length === 0 ? [0, 1] : [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = places.length === 0 ? [0, 1] : [Math.min(...ys), Math.max(...ys)];
  const air = 0.06 * Math.max(right - left, top - bottom, 1e-6);
  const shrink = Math.max(0.2, Math.cos((((bottom + top) / 2) * Math.PI) / 180));
  return { left: left - air, right: right + air, bottom: bottom - air, top: top + air, aspect: ((right - left + 2 * air) * shrink) / (top - bottom + 2 * air) };
}

function fit(box: Box, width: number, height: number): Record<string, number> {
  const [w, t] = [width - 24, height - 32];
  const scale = Math.min(w, t * box.aspect);
  return { left: 12 + (w - scale) / 2, width: scale, top: 20 + (t - scale / box.aspect) / 2, height: scale / box.aspect };
}

function scaleKey(data: MapExhibit, top: number): Child {
  return h("p", { class: "key" }, h("span", { class: "entry" }, data.value.label), Array.from({ length: levels }, (_, i) => h("span", { class: "entry" },
    h("span", { class: "swatch", "aria-hidden": "true", style: { background: `var(--heat-${i + 1})` } }), `to ${quantity((top * (i + 1)) / levels, data.value.unit ?? "", 2)}`)));
}

function reading(p: unknown, data: MapExhibit, links: MapExhibit["links"]): HTMLElement {
  const { seriesType, dataIndex } = p as { seriesType: string; dataIndex: number };
  const link = seriesType === "lines" ? links[dataIndex] : undefined;
  return link ? tip(`${data.nodes[link.from]?.name} – ${data.nodes[link.to]?.name}`, [[data.value.label, quantity(num(link.value), data.value.unit ?? "")], ...(link.label ? [["", link.label] as const] : [])]) : h("div");
}
