import { h, svg, type Child } from "./dom";
import { claimed as claimedValue, limitValue, num, sideOf, type Candidate, type Claim, type Finding, type Role } from "./document";
import { list, quantity } from "./format";
import { makeScale, type Scale } from "./scale";
import { displayUnit, type DisplayUnit } from "./units";

/** What each role is called, in the order of the ladder. */
export const roleNames: Readonly<Record<Role, string>> = { claimed: "claimed", now: "now", candidate: "tried", best: "best", limit: "limit" };

const shapes: Readonly<Record<Role, () => SVGElement>> = {
  claimed: () => svg("path", { d: "M0-6 6 0 0 6-6 0Z" }),
  now: () => svg("circle", { r: 5.2 }),
  candidate: () => svg("circle", { r: 3.8 }),
  best: () => svg("path", { d: "M0-6.4 5.9 4.4H-5.9Z" }),
  limit: () => svg("rect", { x: -1.5, y: -7, width: 3, height: 14 }),
};

/** The mark of a role: shape and colour both tell it. */
export function glyph(role: Role): SVGElement {
  return svg("svg", { class: `glyph role-${role}`, viewBox: "-7.5 -7.5 15 15", "aria-hidden": "true" }, shapes[role]());
}

/** A scale that holds every given value of a finding, its limit and the claims about it, with ticks in the unit that reads best. */
export function scaleOf(finding: Finding, candidates: readonly Candidate[], claims: readonly Claim[]): Scale & { unit: DisplayUnit } {
  const limit = limitValue(finding.limit).value;
  const values = [...candidates.flatMap((c) => [num(c.value), num(c.low), num(c.high)]), ...claims.map((c) => claimedValue(c, finding))].filter((v): v is number => v !== null);
  const options = limit === null ? {} : { limit: { value: limit, side: sideOf(finding) } };
  const unit = displayUnit(limit === null ? values : [...values, limit], finding.unit, makeScale(values, options).kind === "log");
  return { ...makeScale(values, { ...options, factor: unit.factor }), unit };
}

/** The ground of a ladder: where no value can lie, the limit, and a base line. */
export function ground(finding: Finding, scale: Scale): Child[] {
  const limit = limitValue(finding.limit).value;
  if (limit === null || !Number.isFinite(limit)) {
    return [h("span", { class: "ladder-base" })];
  }

  const at = scale.position(limit);
  const impossible = finding.limit?.kind === "bound";
  const wall = sideOf(finding) === "floor" ? { left: "0", width: pct(at) } : { left: pct(at), right: "0" };
  return [
    h("span", { class: "ladder-base" }),
    impossible && h("span", { class: "ladder-wall", style: wall }),
    h("span", { class: impossible ? "ladder-limit" : "ladder-limit ladder-reference", style: { left: pct(at) } }),
  ];
}

export function mark(role: Role, value: number, scale: Scale): HTMLElement {
  return h("span", { class: "ladder-mark", style: { left: pct(scale.position(value)) } }, glyph(role));
}

export function stretch(kind: string, a: number, b: number, scale: Scale): HTMLElement {
  const [from, to] = [scale.position(a), scale.position(b)].sort((x, y) => x - y) as [number, number];
  return h("span", { class: `ladder-stretch ${kind}`, style: { left: pct(from), width: pct(to - from) } });
}

/** One line: claimed, now, best and limit on one scale, the picture for the eye and the numbers as text. */
export function strip(finding: Finding, claims: readonly Claim[]): HTMLElement {
  const now = num(finding.now.value);
  const best = num(finding.best?.value);
  const limit = limitValue(finding.limit);
  const claimed = claims.filter((c) => claimedValue(c, finding) !== null);
  const scale = scaleOf(finding, [finding.now, ...(finding.best ? [finding.best] : [])], claimed);
  const picture: Child[] = [...ground(finding, scale)];
  if (best !== null && limit.value !== null && Number.isFinite(limit.value)) {
    picture.push(stretch("open", limit.value, best, scale));
  }

  if (best !== null && now !== null) {
    picture.push(stretch("gain", best, now, scale));
  }

  picture.push(...claimed.map((c) => mark("claimed", claimedValue(c, finding)!, scale)));
  picture.push(now !== null && mark("now", now, scale), best !== null && mark("best", best, scale));
  const apart = unitApart(finding.unit);
  const how = `${scale.kind} scale${scale.broken ? ", broken at the edge" : ""}`;
  return h("div", { class: "strip" }, h("p", { class: "metric" }, `${finding.metric}${apart === "" ? "" : ` (${apart})`}, `, h("span", { class: "scale-note" }, how)),
    h("div", { class: "ladder", "aria-hidden": "true" }, picture), legendOf(finding, claimed));
}

function legendOf(finding: Finding, claimed: readonly Claim[]): HTMLElement {
  const limit = limitValue(finding.limit);
  const apart = unitApart(finding.unit);
  const value = (v: number | null): string => quantity(v, apart === "" ? finding.unit : "");
  const entry = (role: Role, text: string, note?: string): HTMLElement =>
    h("span", { class: `entry role-${role}` }, glyph(role), h("span", { class: "entry-name" }, note ?? roleNames[role]), " ", h("b", null, text));
  return h(
    "div",
    { class: "legend" },
    claimed.map((c) => entry("claimed", value(claimedValue(c, finding)), c.verdict === "refuted" ? "claimed (refuted)" : "claimed")),
    entry("now", value(num(finding.now.value))),
    finding.best ? entry("best", value(num(finding.best.value))) : h("span", { class: "entry" }, "no strategy tried meets every goal"),
    finding.limit === null
      ? h("span", { class: "entry" }, "no limit known")
      : limit.outside === null
        ? entry("limit", value(limit.value), finding.limit.kind === "bound" ? "limit" : "reference")
        : h("span", { class: "entry" }, "limit outside its regime"),
    (finding.now.missedGoals ?? []).length > 0 && h("span", { class: "missed" }, `now misses ${list(finding.now.missedGoals!)}`),
  );
}

/** A unit too long to stand behind every number stands once in the heading instead; empty for the others. */
export function unitApart(unit: string): string {
  const shown = displayUnit([1], unit, false);
  return shown.factor === 1 && shown.name === unit && unit.length > 4 ? unit : "";
}

export function pct(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
