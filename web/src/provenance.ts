import { foldout, h, type Child } from "./dom";
import { num, type Candidate, type Chapter, type Finding } from "./document";
import { quantity, range } from "./format";

/** Where every number of an activity comes from: one table, folded away on the screen and open on paper. */
export function evidence(chapter: Chapter): Child {
  const rows = chapter.findings.flatMap((finding) => everyCandidate(finding).map((candidate, index, all) => ({ finding, candidate, spans: index === 0 ? all.length : 0 })));
  if (rows.length === 0) {
    return null;
  }

  const cell = (label: string, kind: string, ...children: Child[]): HTMLElement => h("td", { role: "cell", class: kind, "data-label": label }, ...children);
  return foldout(
    `Where every number comes from (${rows.length})`,
    h("table", { class: "evidence cards", role: "table" },
      h("caption", { class: "unseen" }, `Provenance of every number of ${chapter.name}`),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Metric", "Strategy", "Value", "95 % interval", "Provenance"].map((name, i) =>
        h("th", { role: "columnheader", scope: "col", class: i === 2 || i === 3 ? "number" : null }, name)))),
      h("tbody", { role: "rowgroup" }, rows.map(({ finding, candidate, spans }) => h("tr", { role: "row" },
        spans > 0 && h("th", { role: "rowheader", scope: "rowgroup", rowspan: spans }, finding.metric),
        cell("Strategy", "", candidate.strategy),
        cell("Value", "number", quantity(num(candidate.value), finding.unit, 5)),
        cell("95 % interval", "number", interval(finding, candidate)),
        cell("Provenance", "provenance", h("b", null, candidate.provenance.kind), ` ${candidate.provenance.detail}`,
          candidate.outsideRegime ? h("span", { class: "note" }, `The limit does not speak of it: ${candidate.outsideRegime}`) : null))))),
  );
}

function everyCandidate(finding: Finding): Candidate[] {
  const own = finding.candidates;
  const named = (c: Candidate | null): Candidate[] => (c === null || own.some((o) => o.strategy === c.strategy) ? [] : [c]);
  return [...named(finding.now), ...named(finding.best).filter((c) => c.strategy !== finding.now.strategy), ...own];
}

function interval(finding: Finding, candidate: Candidate): string {
  const [low, high] = [num(candidate.low), num(candidate.high)];
  return low === null || high === null || low === high ? "exact" : range(low, high, finding.unit, 5);
}
