import { foldout, h, type Child } from "./dom";
import { claimed, limitValue, num, type Candidate, type Claim, type Finding, type Role } from "./document";
import { money, percent, quantity, range, sentenceCase } from "./format";
import { ground, mark, pct, scaleOf, stretch, unitApart } from "./ladder";
import type { Scale } from "./scale";
import { tickText } from "./units";

/** Every strategy tried on the headline metric, the best first; those that miss a goal stand greyed below. */
export function candidateLadder(finding: Finding, allClaims: readonly Claim[]): HTMLElement {
  const claims = allClaims.filter((c) => claimed(c, finding) !== null);
  const side = finding.limit?.side ?? finding.side ?? "floor";
  const order = (c: Candidate): number => (num(c.value) ?? Infinity) * (side === "floor" ? 1 : -1);
  const sorted = [...finding.candidates].sort((a, b) => Number(meets(b)) - Number(meets(a)) || order(a) - order(b));
  const scale = scaleOf(finding, sorted, claims);
  const priced = sorted.some((c) => typeof c.moneyPerYear === "number");
  return h(
    "figure",
    { class: "candidates" },
    h("figcaption", null, h("h3", null, `${sentenceCase(finding.metric)}: what was tried`), h("p", null, caption(finding, scale))),
    h(
      "table",
      { class: "ladder-table", role: "table" },
      h("caption", { class: "unseen" }, `Strategies tried, by ${finding.metric}`),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
        h("th", { role: "columnheader", scope: "col" }, "Strategy"),
        h("th", { role: "columnheader", scope: "col", class: "plot" }, h("span", { class: "unseen" }, "Place on the scale"), axis(scale, unitApart(finding.unit) !== "")),
        h("th", { role: "columnheader", scope: "col", class: "number" }, "Value", unitApart(finding.unit) !== "" && h("span", { class: "kind" }, unitApart(finding.unit))),
        priced && h("th", { role: "columnheader", scope: "col", class: "number" }, "a year"))),
      h("tbody", { role: "rowgroup" },
        claims.map((claim) => claimRow(finding, claim, scale, priced)),
        sorted.map((candidate) => candidateRow(finding, candidate, scale, priced)),
        limitRow(finding, scale, priced)),
    ),
  );
}

/** The unit written behind each number; none where the heading has it. */
const inCells = (finding: Finding): string => (unitApart(finding.unit) === "" ? finding.unit : "");

/** Longer notes stand together below the ladder. */
const noteCharsMax = 60;

/** What the strategies are, where that takes more than a line. */
export function strategyNotes(finding: Finding): Child {
  const long = finding.candidates.filter((c) => (c.note ?? "").length > noteCharsMax);
  return long.length > 0 && foldout(`The strategies in words (${long.length})`,
    h("dl", { class: "strategies" }, long.map((c) => h("div", null, h("dt", null, c.strategy), h("dd", null, sentenceCase(c.note!))))));
}

const meets = (c: Candidate): boolean => c.meetsGoals ?? (c.missedGoals ?? []).length === 0;

function caption(finding: Finding, scale: Scale): string {
  const better = (finding.limit?.side ?? finding.side ?? "floor") === "floor" ? "Less is better" : "More is better";
  const statistical = finding.candidates.some((c) => num(c.low) !== num(c.high));
  const parts = [finding.meaning ?? "", `${better}; ${scale.kind} scale${scale.broken ? ", with zero or unbounded values set at its edge" : ""}`,
    statistical ? "Whiskers are 95 % intervals" : "", finding.limit?.kind === "bound" ? "Nothing can lie in the hatched part" : ""];
  return parts.filter((p) => p !== "").map((p) => `${p.replace(/\.$/, "")}.`).join(" ");
}

/** Tick labels that would touch are left out; the marks stay. */
function axis(scale: ReturnType<typeof scaleOf>, bare: boolean): HTMLElement {
  let last = -1;
  return h("div", { class: "ladder-axis", "aria-hidden": "true" }, scale.ticks.map(({ value, at }) => {
    const text = Number.isFinite(value) ? `${tickText(value * scale.unit.factor)}${bare || scale.unit.name === "" ? "" : `\u202f${scale.unit.name}`}` : "∞";
    const half = 0.009 * text.length + 0.01;
    const [from, to] = at < half ? [at, at + 2 * half] : at > 1 - half ? [at - 2 * half, at] : [at - half, at + half];
    const fits = from > last;
    last = fits ? to : last;
    return h("span", { class: "tick", style: { left: pct(at) } }, fits ? h("span", { class: at < half ? "from" : at > 1 - half ? "upto" : "over" }, text) : null);
  }));
}

function candidateRow(finding: Finding, candidate: Candidate, scale: Scale, priced: boolean): HTMLElement {
  const role: Role = candidate.strategy === finding.now.strategy ? "now" : candidate.strategy === finding.best?.strategy ? "best" : "candidate";
  const both = role === "now" && finding.best?.strategy === candidate.strategy;
  const value = num(candidate.value);
  const [low, high] = [num(candidate.low), num(candidate.high)];
  const picture: Child[] = [...ground(finding, scale)];
  if (low !== null && high !== null && low !== high) {
    picture.push(stretch("whisker", low, high, scale));
  }

  picture.push(value !== null && mark(role, value, scale), both && value !== null && mark("best", value, scale));
  return row(
    [`role-${role}`, meets(candidate) ? "" : "misses"].join(" ").trim(),
    [h("span", { class: "strategy" }, candidate.strategy), both ? tag("now and best") : role === "candidate" ? null : tag(role),
      !meets(candidate) && h("span", { class: "missed" }, `misses ${(candidate.missedGoals ?? ["a goal"]).join("; ")}`),
      candidate.note && candidate.note.length <= noteCharsMax ? h("span", { class: "note" }, candidate.note) : null,
      candidate.outsideRegime ? h("span", { class: "note" }, `The limit does not speak of it: ${candidate.outsideRegime}`) : null],
    picture,
    [quantity(value, inCells(finding)), interval(low, high, inCells(finding))],
    priced ? money(candidate.moneyPerYear ?? null) : null,
  );
}

function claimRow(finding: Finding, claim: Claim, scale: Scale, priced: boolean): HTMLElement {
  const refuted = claim.verdict.toLowerCase() === "refuted";
  return row("role-claimed", [h("span", { class: "strategy" }, `claimed by ${claim.by}`), refuted ? tag("refuted") : tag(claim.verdict.toLowerCase())],
    [...ground(finding, scale), mark("claimed", claimed(claim, finding)!, scale)], [quantity(claimed(claim, finding), inCells(finding))], priced ? "" : null);
}

function limitRow(finding: Finding, scale: Scale, priced: boolean): Child {
  const limit = limitValue(finding.limit);
  if (finding.limit === null) {
    return null;
  }

  const headroom = finding.headroom === null ? "" : ` — headroom ${finding.limit.kind === "reference" ? "at least " : ""}${percent(finding.headroom)}`;
  return row("role-limit", [h("span", { class: "strategy" }, finding.limit.title || finding.limit.id), tag(finding.limit.kind === "bound" ? "limit" : "reference"),
    h("span", { class: "note" }, `${limit.outside ?? ""}${headroom}`.replace(/^ — /, ""))],
  ground(finding, scale), [limit.outside !== null ? "outside its regime" : quantity(limit.value, inCells(finding))], priced ? money(finding.limit.moneyPerYear ?? null) : null);
}

function row(kind: string, name: Child, picture: Child[], value: Child, dollars: Child): HTMLElement {
  return h(
    "tr",
    { role: "row", class: kind },
    h("th", { role: "rowheader", scope: "row" }, name),
    h("td", { role: "cell", class: "plot" }, h("div", { class: "ladder", "aria-hidden": "true" }, picture)),
    h("td", { role: "cell", class: "number" }, value),
    dollars !== null && h("td", { role: "cell", class: "number dollars" }, dollars),
  );
}

function tag(text: string): HTMLElement {
  return h("span", { class: "tag" }, text);
}

function interval(low: number | null, high: number | null, unit: string): Child {
  return low === null || high === null || low === high ? null : h("span", { class: "kind" }, range(low, high, unit));
}
