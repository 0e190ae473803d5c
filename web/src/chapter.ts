import { candidateLadder, strategyNotes } from "./candidates";
import { conclusion } from "./conclusion";
import { foldout, h, type Child } from "./dom";
import { limitValue, num, type Chapter, type Exhibit, type Finding, type Limit, type Report } from "./document";
import { exhibit } from "./exhibits/exhibit";
import { percent, quantity, sentenceCase } from "./format";
import { glyph } from "./ladder";
import { activityPrices } from "./prices";
import { evidence } from "./provenance";
import { claimText, isViolated, verdictChip } from "./verdicts";

const argumentsMax = 300;

/** Everything the report says of one activity. */
export function chapterSection(chapter: Chapter, report: Report, rank: number): HTMLElement {
  const headline = chapter.headline;
  return h(
    "section",
    { class: "chapter", id: chapter.anchor, "aria-labelledby": `${chapter.anchor}-title`, tabindex: "-1" },
    h("p", { class: "eyebrow" }, `${rank} · ${chapter.kind}`),
    h("h2", { id: `${chapter.anchor}-title` }, sentenceCase(chapter.name)),
    h("p", { class: "conclusion" }, conclusion(chapter)),
    headline?.advice ? advice(headline) : null,
    claims(chapter),
    headline && headline.candidates.length > 0 ? candidateLadder(headline, chapter.claims) : h("p", { class: "empty" }, "No strategy was tried."),
    chapter.exhibits.length > 0 && h("div", { class: "exhibits" }, chapter.exhibits.map((e, i, all) => exhibit(e, standsAlone(all, i)))),
    metricsTable(chapter, report),
    activityPrices(chapter, report),
    h("div", { class: "foldouts" }, headline && strategyNotes(headline), notes(chapter), bounds(chapter, report), evidence(chapter), reproduce(chapter, report)),
    h("p", { class: "back" }, h("a", { href: "#top" }, "Back to the overview")),
  );
}

function advice(finding: Finding): Child {
  const { reason, tradeOffs, confidence } = finding.advice!;
  const part = (name: string, text: string): Child => text !== "" && h("div", null, h("dt", null, name), h("dd", null, text));
  return h("dl", { class: "advice" }, part("Why", reason), part("What it trades", tradeOffs), part("How sure", confidence));
}

function claims(chapter: Chapter): Child {
  if (chapter.claims.length === 0) {
    return null;
  }

  return h(
    "div",
    { class: "claims" },
    h("h3", null, "What is claimed"),
    h("ul", null, chapter.claims.map((claim) => h(
      "li",
      { class: `claim verdict-${claim.verdict.toLowerCase()}` },
      h("p", { class: "claim-text" }, glyph("claimed"), h("b", null, claimText(claim, chapter)),
        h("span", { class: "by" }, ` — ${claim.by}${claim.strategy ? `, of ${claim.strategy}` : ""}`)),
      h("p", { class: "claim-why" }, verdictChip(claim.verdict), " ", claim.why),
    ))),
  );
}

function metricsTable(chapter: Chapter, report: Report): Child {
  if (chapter.findings.length === 0) {
    return null;
  }

  const cell = (label: string, kind: string, ...children: Child[]): HTMLElement => h("td", { role: "cell", class: kind, "data-label": label }, ...children);
  const body = chapter.findings.map((finding) => h(
    "tr",
    { role: "row", class: isViolated(finding, report.violations) ? "violated" : null },
    h("th", { role: "rowheader", scope: "row", title: finding.meaning }, finding.metric, finding.headline && h("span", { class: "kind" }, "headline")),
    cell("Now", "number", ...estimate(finding, "now")),
    cell("Best", "number", ...estimate(finding, "best")),
    cell("Limit", "number", limitText(finding)),
    cell("Headroom", "number", percent(finding.headroom), finding.limit?.kind === "reference" && finding.headroom !== null && h("span", { class: "kind" }, "at least")),
    cell("Verdict", "", verdictChip(finding.limit === null ? null : finding.verdict)),
  ));
  return h(
    "div",
    null,
    h("h3", null, "Every metric"),
    h("table", { class: "metrics cards", role: "table" },
      h("caption", { class: "unseen" }, `Metrics of ${chapter.name}: now, best, limit, headroom and verdict`),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Metric", "Now", "Best", "Limit", "Headroom", "Verdict"].map((name, i) =>
        h("th", { role: "columnheader", scope: "col", class: i > 0 && i < 5 ? "number" : null }, name)))),
      h("tbody", { role: "rowgroup" }, body)),
  );
}

function estimate(finding: Finding, which: "now" | "best"): Child[] {
  const candidate = finding[which];
  if (candidate === null) {
    return ["none meets the goals"];
  }

  return [quantity(num(candidate.value), finding.unit), h("span", { class: "kind" }, candidate.strategy), h("span", { class: "kind source", title: candidate.provenance.detail }, candidate.provenance.kind.toLowerCase())];
}

function limitText(finding: Finding): Child {
  const limit = limitValue(finding.limit);
  return finding.limit === null
    ? "none known"
    : limit.outside !== null
      ? h("span", { title: limit.outside }, "outside its regime")
      : [quantity(limit.value, finding.unit), h("span", { class: "kind" }, finding.limit.kind === "bound" ? "theorem" : "reference")];
}

function bounds(chapter: Chapter, report: Report): Child {
  const limited = chapter.findings.filter((f) => f.limit !== null);
  if (limited.length === 0) {
    return null;
  }

  return foldout(
    `The limits: what they say, and when (${limited.length})`,
    limited.map((finding) => {
      const limit = finding.limit!;
      const value = limitValue(limit);
      const line = (name: string, text: Child): Child => text !== "" && text !== null && text !== undefined && h("div", null, h("dt", null, name), h("dd", null, text));
      return h(
        "article",
        { class: "bound" },
        h("h4", null, limit.title || limit.id, h("span", { class: "kind" }, `${limit.kind === "bound" ? "theorem" : "reference, not a theorem"} on ${finding.metric}`)),
        h("dl", null,
          line("Value", value.outside === null ? `${limit.side === "floor" ? "at least" : "at most"} ${quantity(value.value, finding.unit, 6)}` : `none here: ${value.outside}`),
          line("Regime", limit.regime),
          line("Source", source(limit.source ?? limit.provenance?.detail ?? "", report)),
          line("Verdict", finding.verdictReason),
          line("Ask it", limit.kind === "bound" ? h("code", null, question(limit)) : null)),
      );
    }),
  );
}

/** The command that asks for this bound alone; whole matrices are not written out. */
function question(limit: Limit): string {
  const all = limit.arguments ?? "";
  return `headroom limit ${limit.id} ${all.length > argumentsMax ? `${all.slice(0, argumentsMax)}… (${all.length} characters in all)` : all}`.trim();
}

/** A citation, followed by the work it names. */
function source(citation: string, report: Report): Child {
  const works = [...citation.matchAll(/\[([\w-]+)\]/g)].map((m) => (Object.hasOwn(report.sources ?? {}, m[1]!) ? report.sources![m[1]!] : undefined)).filter((w) => w !== undefined);
  return citation === "" ? "" : [citation, works.map((work) => h("span", { class: "note" }, work))];
}

/** A map takes the whole width, and so does the last of an odd number of other plots before it. */
function standsAlone(all: readonly Exhibit[], index: number): boolean {
  const narrow = (i: number): boolean => all[i] !== undefined && all[i].type !== "map";
  let before = 0;
  while (narrow(index - 1 - before)) {
    before++;
  }

  return !narrow(index) || (before % 2 === 0 && !narrow(index + 1));
}

function notes(chapter: Chapter): Child {
  return chapter.notes.length > 0 && foldout(`How it was run, and what to know (${chapter.notes.length})`, h("ul", { class: "notes" }, chapter.notes.map((note) => h("li", null, note))));
}

function reproduce(chapter: Chapter, report: Report): HTMLElement {
  const command = chapter.command || report.command;
  const machine = report.executed?.machine;
  const measured = report.executed?.findings?.some((f) => f.activity === chapter.name) ?? false;
  return foldout(
    "Run it again",
    h("pre", { tabindex: "0", "aria-label": "The command that reproduces this activity" }, h("code", null, command)),
    h("p", null, "Seed ", h("code", null, String(report.seed)), `, Headroom ${report.version}. Everything computed, modelled or simulated comes out byte for byte the same on any machine.`,
      measured && ` What was executed here was measured on ${machine ?? "this machine"} and will differ on another.`),
  );
}
