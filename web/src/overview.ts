import { h, type Child } from "./dom";
import { moneyOf, type Chapter, type Report } from "./document";
import { count, money, percent, sentenceCase } from "./format";
import { glyph, pct, roleNames, strip } from "./ladder";
import { claimText, isRefuted, isViolated, verdictChip } from "./verdicts";

const falsehoodsMax = 4;

interface Totals {
  now: number | null;
  toBest: number | null;
  toLimit: number | null;
  withLimit: number;
  references: number;
}

/** The first screen: what is at stake, what is false, and the ranked table. */
export function overview(report: Report, chapters: readonly Chapter[]): Child[] {
  return [alarm(report, chapters), hero(report, chapters), ranking(report, chapters)];
}

function alarm(report: Report, chapters: readonly Chapter[]): Child {
  const violated = chapters.flatMap((chapter) => chapter.findings.filter((f) => isViolated(f, report.violations)).map((finding) => ({ chapter, finding })));
  const unknown = report.violations.filter((id) => !violated.some(({ finding }) => finding.id === id));
  if (violated.length + unknown.length === 0) {
    return null;
  }

  return h(
    "section",
    { class: "alarm", role: "alert", "aria-labelledby": "alarm-title" },
    h("h2", { id: "alarm-title" }, `${count(violated.length + unknown.length, "number")} of ours ${violated.length + unknown.length === 1 ? "beats" : "beat"} a theorem`),
    h("p", null, "That cannot be: the measurement, the regime or the code is wrong. Do not act on what follows until it is explained."),
    h(
      "ul",
      null,
      violated.map(({ chapter, finding }) => h("li", null, h("a", { href: `#${chapter.anchor}` }, finding.id), finding.verdictReason ? `: ${finding.verdictReason}` : "")),
      unknown.map((id) => h("li", null, id)),
    ),
  );
}

function totals(chapters: readonly Chapter[]): Totals {
  const headlines = chapters.flatMap((c) => (c.headline ? [c.headline] : []));
  const sum = (values: (number | null)[]): number | null => {
    const known = values.filter((v): v is number => v !== null);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
  };
  const withLimit = headlines.filter((f) => f.moneyToLimit !== null);
  return {
    now: sum(headlines.map((f) => moneyOf(f, f.now))),
    toBest: sum(headlines.map((f) => f.moneyToBest)),
    toLimit: sum(headlines.map((f) => f.moneyToLimit)),
    withLimit: withLimit.length,
    references: withLimit.filter((f) => f.limit?.kind === "reference").length,
  };
}

function hero(report: Report, chapters: readonly Chapter[]): HTMLElement {
  const sums = totals(chapters);
  const refuted = report.claims.filter(isRefuted).length;
  return h(
    "header",
    { class: "hero" },
    h("p", { class: "eyebrow" }, "Headroom report"),
    h("h1", null, report.system),
    lede(sums, refuted, report.claims.length, chapters.length),
    h(
      "dl",
      { class: "figures" },
      figure("now", "spent now, a year", money(sums.now), sums.now === null ? "no prices were given" : null),
      figure("best", "saved with the best tried", money(sums.toBest), null),
      figure("limit", "saved at the limit", money(sums.toLimit), limitNote(sums, chapters.length)),
      figure("claimed", "claims refuted", report.claims.length === 0 ? "none made" : `${refuted} of ${report.claims.length}`, null),
    ),
    moneyBar(sums),
    falsehoods(report, chapters),
  );
}

/** What cannot be true, on the first screen; the rest is judged with its activity. */
function falsehoods(report: Report, chapters: readonly Chapter[]): Child {
  const refuted = report.claims.filter(isRefuted);
  if (refuted.length === 0) {
    return null;
  }

  return h(
    "div",
    { class: "falsehoods" },
    h("h2", null, "What cannot be true"),
    h("ul", null, refuted.slice(0, falsehoodsMax).map((claim) => {
      const chapter = chapters.find((c) => c.name === claim.activity);
      const where = chapter ? h("a", { href: `#${chapter.anchor}` }, claim.activity) : claim.activity;
      return h("li", null, glyph("claimed"), h("div", null, h("b", null, claimText(claim, chapter)), h("span", { class: "by" }, " — ", claim.by, ", on ", where, ". "), claim.why));
    })),
    refuted.length > falsehoodsMax && h("p", { class: "aside" }, `And ${refuted.length - falsehoodsMax} more, with their activities.`),
  );
}

function limitNote(sums: Totals, activities: number): string | null {
  if (sums.toLimit === null) {
    return sums.now === null ? null : "no limit comes with a price";
  }

  const known = sums.withLimit < activities ? `known for ${sums.withLimit} of ${count(activities, "activity", "activities")}` : "";
  const references = sums.references === 0 ? "" : `${known ? "; " : ""}${sums.references} of ${count(sums.withLimit, "limit")} ${sums.references === 1 ? "is a reference" : "are references"}`;
  return known + references || null;
}

function lede(sums: Totals, refuted: number, claims: number, activities: number): HTMLElement {
  const says: Child[] = [];
  if (sums.now !== null && sums.toBest !== null) {
    says.push(
      sums.toBest >= 0.5
        ? ["Of ", h("b", null, money(sums.now)), " a year, ", h("b", { class: "role-best" }, money(sums.toBest)), " can be saved with strategies that exist. "]
        : ["It spends ", h("b", null, money(sums.now)), " a year, and nothing tried would spend less. "],
    );
    if (sums.toLimit !== null) {
      says.push([sums.withLimit < activities ? "Where limits are known, they allow saving " : "The limits allow saving ", h("b", { class: "role-limit" }, money(sums.toLimit)), ". "]);
    }
  } else {
    says.push(`${sentenceCase(count(activities, "activity", "activities"))} held against what is possible; ${sums.now === null ? "no prices were given" : "what the prices speak of cannot be compared"}, so the ranking is by order of appearance. `);
  }

  if (claims > 0) {
    says.push(refuted === 0 ? "No claim is refuted." : [h("b", { class: "role-claimed" }, `${refuted} of ${count(claims, "claim")}`), " cannot be true."]);
  }

  return h("p", { class: "lede" }, says);
}

function figure(role: "now" | "best" | "limit" | "claimed", label: string, value: string, note: string | null): HTMLElement {
  return h("div", { class: `figure role-${role}` }, h("dt", null, glyph(role), label), h("dd", null, value), note !== null && h("dd", { class: "figure-note" }, note));
}

/** One year's money in three parts: what a better strategy saves, what nobody here closed, and what the limit leaves. */
function moneyBar({ now, toBest, toLimit }: Totals): Child {
  if (now === null || toBest === null || now <= 0) {
    return null;
  }

  const gain = Math.min(Math.max(0, toBest), now);
  const open = toLimit === null ? 0 : Math.min(Math.max(0, toLimit - gain), now - gain);
  const parts: [string, string, number][] = [
    ["floor", toLimit === null ? "stays with the best strategies" : "no way round it is known", now - gain - open],
    ["open", "between best and limit", open],
    ["gain", "can be saved", gain],
  ];
  const shown = parts.filter(([, , dollars]) => dollars > 0);
  return h(
    "div",
    { class: "money" },
    h("div", { class: "money-bar", "aria-hidden": "true" }, shown.map(([kind, , dollars]) => h("span", { class: `money-${kind}`, style: { width: pct(dollars / now) } }))),
    h("ul", { class: "money-key", "aria-label": "Where a year's money goes" }, shown.map(([kind, label, dollars]) =>
      h("li", null, h("span", { class: `swatch money-${kind}`, "aria-hidden": "true" }), h("b", null, money(dollars)), ` ${label} (${percent(dollars / now)})`))),
  );
}

function ranking(report: Report, chapters: readonly Chapter[]): HTMLElement {
  if (chapters.length === 0) {
    return h("section", null, h("p", { class: "empty" }, "The system file names no activity."));
  }

  return h(
    "section",
    { "aria-labelledby": "ranking-title" },
    h("h2", { id: "ranking-title" }, "Where the headroom is"),
    h("p", { class: "key" }, (["claimed", "now", "best", "limit"] as const).map((role) => h("span", { class: "entry" }, glyph(role), roleNames[role])),
      h("span", { class: "entry" }, h("span", { class: "swatch hatch", "aria-hidden": "true" }), "impossible"), h("span", { class: "entry" }, h("span", { class: "swatch gain", "aria-hidden": "true" }), "now to best")),
    h(
      "table",
      { class: "ranking cards", role: "table" },
      h("caption", { class: "unseen" }, "Activities, ranked by yearly money at stake"),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Activity", "Headline metric: claimed, now, best, limit", "Headroom", "Verdict", "To best, a year", "To limit, a year"].map((name, i) =>
        h("th", { role: "columnheader", scope: "col", class: i === 2 || i > 3 ? "number" : null }, name)))),
      h("tbody", { role: "rowgroup" }, chapters.map((chapter) => row(chapter, report))),
    ),
  );
}

function row(chapter: Chapter, report: Report): HTMLElement {
  const finding = chapter.headline;
  const cell = (label: string, kind: string, ...children: Child[]): HTMLElement => h("td", { role: "cell", class: kind, "data-label": label }, ...children);
  return h(
    "tr",
    { role: "row", class: finding && isViolated(finding, report.violations) ? "violated" : null },
    h("th", { role: "rowheader", scope: "row" }, h("a", { href: `#${chapter.anchor}` }, chapter.name), h("span", { class: "kind" }, chapter.kind)),
    cell("", "wide", finding ? strip(finding, chapter.claims) : "nothing found"),
    cell("Headroom", "number", percent(finding?.headroom ?? null), finding?.limit?.kind === "reference" && finding.headroom !== null && h("span", { class: "kind" }, "at least")),
    cell("Verdict", "", finding ? verdictChip(finding.limit === null ? null : finding.verdict) : "—"),
    cell("To best, a year", "number", saving(finding?.moneyToBest ?? null)),
    cell("To limit, a year", "number", saving(finding?.moneyToLimit ?? null)),
  );
}

/** Money won is plain; money that the better strategy costs says so. */
function saving(dollars: number | null): Child {
  return dollars !== null && dollars < -0.5 ? [money(-dollars), h("span", { class: "kind" }, "more")] : money(dollars);
}
