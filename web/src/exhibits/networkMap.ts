import { h, type Child } from "../dom";
import { num, type MapExhibit } from "../document";
import { quantity, sentenceCase } from "../format";
import { chart, tip, tooltip } from "./chart";
import { placeLabels, type Pixel } from "./labelPlacement";

const levels = 5;

/** Links named beside the map, the busiest first. */
const namedMax = 5;

const discRadius = 8.5;

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
    animation: false,
    tooltip: { ...tooltip, trigger: "item", formatter: (p: unknown) => reading(p, data, links) },
    xAxis: { type: "value", show: false, min: box.left, max: box.right },
    yAxis: { type: "value", show: false, min: box.bottom, max: box.top },
    series: [linkSeries(links), nodeSeries(data, at, links, busiest, pixels(box, width, height), width), numberSeries(busiest)],
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

function nodeSeries(data: MapExhibit, at: readonly Place[], links: readonly Drawn[], busiest: readonly Drawn[], pixel: (p: Place) => Pixel, width: number): Record<string, unknown> {
  const fontSize = width < 480 ? 10.5 : 12;
  const widthMax = Math.min(140, width * 0.35);
  const nodes = data.nodes.map((node, i) => ({ name: node.name, place: at[i]! })).filter(({ place }) => place.every(Number.isFinite));
  const sides = placeLabels(nodes.map(({ name, place }) => ({ at: pixel(place), width: Math.min(widthMax, name.length * fontSize * 0.58) })), fontSize + 2, {
    discs: busiest.map(({ from, to }) => middle(pixel(from), pixel(to))),
    segments: links.map(({ from, to }) => [pixel(from), pixel(to)] as const),
    discRadius,
  });
  return {
    type: "scatter", z: 2, silent: true, symbolSize: 6, clip: false,
    data: nodes.map(({ name, place }, i) => ({ name, value: place, label: sides[i] ? { show: true, position: sides[i] } : { show: false } })),
    itemStyle: { color: "var(--paper)", borderColor: "var(--ink-2)", borderWidth: 1.5, opacity: 1 },
    label: { distance: 4, formatter: "{b}", fontSize, color: "var(--ink)", textBorderColor: "var(--paper)", textBorderWidth: 3, width: widthMax, overflow: "truncate" },
  };
}

const middle = (a: Pixel, b: Pixel): Pixel => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** Where a place falls on the chart. */
function pixels(box: Box, width: number, height: number): (p: Place) => Pixel {
  const frame = fit(box, width, height);
  return ([x, y]) => [
    frame.left + (frame.width * (x - box.left)) / (box.right - box.left),
    frame.top + (frame.height * (box.top - y)) / (box.top - box.bottom),
  ];
}

/** A number in a disc on the middle of each named link. */
function numberSeries(busiest: readonly Drawn[]): Record<string, unknown> {
  return {
    type: "scatter", z: 3, silent: true, symbolSize: 2 * discRadius,
    data: busiest.map(({ from, to }, i) => ({ name: String(i + 1), value: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] })),
    itemStyle: { color: "var(--heat-5)", borderColor: "var(--paper)", borderWidth: 1.5, opacity: 1 },
    label: { show: true, position: "inside", formatter: "{b}", fontSize: 11, fontWeight: 700, color: "var(--paper)" },
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
function fit(box: Box, width: number, height: number): Record<"left" | "top" | "width" | "height", number> {
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
    h("span", null, named(data, link)),
    h("b", null, quantity(num(link.value), data.value.unit ?? "", 3))))));
}

/** A label that names both ends itself, such as "Oslo → Bergen: 88 %, 8.8 Gbit/s", stands for them. */
function named(data: MapExhibit, link: MapExhibit["links"][number]): Child {
  const label = link.label ?? "";
  const [head = "", tail] = label.split(/: (.*)/s);
  const whole = [link.from, link.to].every((i) => head.includes(data.nodes[i]?.name ?? "\0"));
  const [title, rest] = whole ? [head, tail] : [ends(data, link), label];
  return [title, rest ? h("span", { class: "kind" }, rest) : null];
}

function ends(data: MapExhibit, link: MapExhibit["links"][number]): string {
  return `${data.nodes[link.from]?.name ?? "—"} – ${data.nodes[link.to]?.name ?? "—"}`;
}

function reading(p: unknown, data: MapExhibit, links: readonly Drawn[]): HTMLElement {
  const { seriesType, dataIndex } = p as { seriesType: string; dataIndex: number };
  const link = seriesType === "lines" ? links[dataIndex]?.link : undefined;
  return link ? tip(ends(data, link), [[data.value.label, quantity(num(link.value), data.value.unit ?? "")], ...(link.label ? [["", link.label] as const] : [])]) : h("div");
}
