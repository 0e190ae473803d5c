import { h, type Child } from "../dom";
import { num, type MapExhibit } from "../document";
import { quantity, sentenceCase } from "../format";
import { chart, tip, tooltip } from "./chart";

const levels = 5;

/** Links named beside the map, the busiest first. */
const namedMax = 5;

type Place = readonly [number, number];

interface Drawn {
  link: MapExhibit["links"][number];
  from: Place;
  to: Place;
  /** Of the busiest link's value. */
  share: number;
}

/** A network on its coordinates (x longitude, y latitude), each link coloured and thickened by its value; the busiest are numbered and named. */
export function networkMap(data: MapExhibit): { picture: Child; remark: string } {
  const at = data.nodes.map((n): Place => [num(n.x) ?? NaN, num(n.y) ?? NaN]);
  const values = data.links.map((l) => num(l.value) ?? 0).filter(Number.isFinite);
  const top = values.length === 0 ? 0 : Math.max(...values);
  const links = data.links.flatMap((link): Drawn[] => {
    const [from, to] = [at[link.from], at[link.to]];
    return from && to && [...from, ...to].every(Number.isFinite) ? [{ link, from, to, share: top > 0 ? Math.min(1, Math.max(0, num(link.value) ?? 0) / top) : 0 }] : [];
  }).sort((a, b) => a.share - b.share);
  const busiest = [...links].reverse().slice(0, namedMax).filter((l) => l.share > 0);
  const box = bounds(at.filter((p) => p.every(Number.isFinite)));
  const label = `${data.title}: ${data.nodes.length} nodes and ${data.links.length} links; the busiest is at ${quantity(top, data.value.unit ?? "")}`;
  const tall = (width: number): number => Math.min(560, Math.max(240, (width - 90) / box.aspect + 40));
  const picture = chart(label, tall, (width, height) => ({
    grid: fit(box, width, height),
    tooltip: { ...tooltip, trigger: "item", formatter: (p: unknown) => reading(p, data, links) },
    xAxis: { type: "value", show: false, min: box.left, max: box.right },
    yAxis: { type: "value", show: false, min: box.bottom, max: box.top },
    series: [linkSeries(links), nodeSeries(data, at, width), numberSeries(busiest)],
  }));
  const lost = data.links.length - links.length;
  return {
    picture: [scaleKey(data, top), h("div", { class: "map-and-list" }, picture, busiestList(data, busiest))],
    remark: lost === 0 ? "" : `${lost} of ${data.links.length} links join a node without coordinates and are only in the table.`,
  };
}

function linkSeries(links: readonly Drawn[]): Record<string, unknown> {
  return {
    type: "lines", coordinateSystem: "cartesian2d", z: 1, emphasis: { disabled: true },
    data: links.map(({ from, to, share }) => ({ coords: [from, to], lineStyle: { color: `var(--heat-${level(share)})`, width: 1.5 + 3.5 * share, opacity: 1 } })),
  };
}

function nodeSeries(data: MapExhibit, at: readonly Place[], width: number): Record<string, unknown> {
  return {
    type: "scatter", z: 2, silent: true, symbolSize: 6, clip: false,
    data: data.nodes.flatMap((node, i) => (at[i]!.every(Number.isFinite) ? [{ name: node.name, value: at[i], label: { position: freeSide(i, data, at) } }] : [])),
    itemStyle: { color: "var(--paper)", borderColor: "var(--ink-2)", borderWidth: 1.5, opacity: 1 },
    label: {
      show: true, distance: 4, formatter: "{b}", fontSize: width < 480 ? 10.5 : 12, color: "var(--ink)", textBorderColor: "var(--paper)", textBorderWidth: 3,
      width: Math.min(140, width * 0.35), overflow: "truncate",
    },
    labelLayout: { hideOverlap: true },
  };
}

/** A number in a disc on the middle of each named link. */
function numberSeries(busiest: readonly Drawn[]): Record<string, unknown> {
  return {
    type: "scatter", z: 3, silent: true, symbolSize: 17,
    data: busiest.map(({ from, to }, i) => ({ name: String(i + 1), value: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] })),
    itemStyle: { color: "var(--heat-5)", borderColor: "var(--paper)", borderWidth: 1.5, opacity: 1 },
    label: { show: true, position: "inside", formatter: "{b}", fontSize: 11, fontWeight: 700, color: "var(--paper)" },
  };
}

/** The side of a node that is farthest from its links' directions. */
function freeSide(index: number, data: MapExhibit, at: readonly Place[]): "top" | "bottom" | "left" | "right" {
  const [x, y] = at[index]!;
  const angles = data.links.flatMap((l) => {
    const other = l.from === index ? at[l.to] : l.to === index ? at[l.from] : undefined;
    return other && (other[0] !== x || other[1] !== y) ? [Math.atan2(other[1] - y, other[0] - x)] : [];
  });
  const sides = [["top", Math.PI / 2], ["right", 0], ["left", Math.PI], ["bottom", -Math.PI / 2]] as const;
  const room = (side: number): number => Math.min(Math.PI, ...angles.map((a) => Math.abs(Math.atan2(Math.sin(a - side), Math.cos(a - side)))));
  return sides.reduce((best, side) => (room(side[1]) > room(best[1]) + 1e-9 ? side : best))[0];
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

function bounds(places: readonly Place[]): Box {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const [left, right] = places.length === 0 ? [0, 1] : [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = places.length === 0 ? [0, 1] : [Math.min(...ys), Math.max(...ys)];
  const air = 0.04 * Math.max(right - left, top - bottom, 1e-6);
  const onEarth = Math.max(...ys.map(Math.abs), 0) <= 90 && Math.max(...xs.map(Math.abs), 0) <= 180;
  const shrink = onEarth ? Math.max(0.2, Math.cos((Math.abs(bottom + top) / 2) * (Math.PI / 180))) : 1;
  return { left: left - air, right: right + air, bottom: bottom - air, top: top + air, aspect: ((right - left + 2 * air) * shrink) / (top - bottom + 2 * air) };
}

/** The map's frame: true to its aspect, with room for the names at its edges. */
function fit(box: Box, width: number, height: number): Record<string, number> {
  const [w, t] = [width - 90, height - 40];
  const scale = Math.min(w, t * box.aspect);
  return { left: (width - scale) / 2, width: scale, top: (height - scale / box.aspect) / 2, height: scale / box.aspect };
}

function scaleKey(data: MapExhibit, top: number): Child {
  return h("p", { class: "key" }, h("span", { class: "entry" }, sentenceCase(data.value.label)), Array.from({ length: levels }, (_, i) => h("span", { class: "entry" },
    h("span", { class: "swatch", "aria-hidden": "true", style: { background: `var(--heat-${i + 1})` } }), `to ${quantity((top * (i + 1)) / levels, data.value.unit ?? "", 2)}`)));
}

function busiestList(data: MapExhibit, busiest: readonly Drawn[]): Child {
  return busiest.length > 0 && h("div", { class: "busiest" }, h("h4", null, "The busiest links"), h("ol", null, busiest.map(({ link }, i) => h("li", null,
    h("span", { class: "disc", "aria-hidden": "true" }, i + 1),
    h("span", null, ends(data, link), link.label ? h("span", { class: "kind" }, link.label) : null),
    h("b", null, quantity(num(link.value), data.value.unit ?? "", 3))))));
}

function ends(data: MapExhibit, link: MapExhibit["links"][number]): string {
  return `${data.nodes[link.from]?.name ?? "—"} – ${data.nodes[link.to]?.name ?? "—"}`;
}

function reading(p: unknown, data: MapExhibit, links: readonly Drawn[]): HTMLElement {
  const { seriesType, dataIndex } = p as { seriesType: string; dataIndex: number };
  const link = seriesType === "lines" ? links[dataIndex]?.link : undefined;
  return link ? tip(ends(data, link), [[data.value.label, quantity(num(link.value), data.value.unit ?? "")], ...(link.label ? [["", link.label] as const] : [])]) : h("div");
}
