import { h } from "./dom";
import { num, type Chapter, type Claim, type Finding } from "./document";
import { quantity, sentenceCase } from "./format";

const words: Readonly<Record<string, [label: string, meaning: string]>> = {
  attained: ["at the limit", "the best value meets the bound: nothing is left to gain"],
  open: ["open", "the best value lies on the possible side of the bound, and nobody here closed the rest"],
  outsideregime: ["outside regime", "the theorem does not speak of this case"],
  violated: ["violated", "a number of ours beats a theorem: that is a bug of ours"],
  reference: ["no verdict", "the limit is a reference, not a theorem"],
  none: ["no verdict", "no limit is known"],
  refuted: ["refuted", "a theorem or exact arithmetic contradicts it"],
  plausible: ["plausible", "consistent with every bound, and a run or a model reaches it"],
  reproduced: ["reproduced", "our run with the stated parameters gives it"],
  undecided: ["undecided", "no bound excludes it and no run reaches it"],
};

const key = (verdict: string | null): string => (verdict ?? "none").toLowerCase().replace(/[^a-z]/g, "");

export function verdictWord(verdict: string | null): string {
  return words[key(verdict)]?.[0] ?? String(verdict);
}

/** The verdict as a chip; its meaning is read to those who cannot hover. */
export function verdictChip(verdict: string | null): HTMLElement {
  const [label, meaning] = words[key(verdict)] ?? [String(verdict), ""];
  return h("span", { class: `chip verdict-${key(verdict)}`, title: meaning }, label, meaning !== "" && h("span", { class: "unseen" }, `: ${meaning}`));
}

export function isRefuted(claim: Claim): boolean {
  return key(claim.verdict) === "refuted";
}

/** A claim in its own words where they were given, as metric and value otherwise. */
export function claimText(claim: Claim, chapter: Chapter | undefined): string {
  const unit = claim.unit ?? chapter?.findings.find((f) => f.metric === claim.metric)?.unit ?? "";
  return claim.text ? `“${claim.text}”` : `${sentenceCase(claim.metric)}: ${quantity(num(claim.value), unit)}`;
}

export function isViolated(finding: Finding, violations: readonly string[]): boolean {
  return key(finding.verdict) === "violated" || violations.includes(finding.id);
}
