import { limitValue, moneyOf, num, sideOf, type Chapter, type Finding, type Limit } from "./document";
import { list, money, percent, quantity, sentenceCase } from "./format";

/** One sentence on what an activity costs, what would be better and what is possible; a second where a limit speaks. */
export function conclusion(chapter: Chapter): string {
  const finding = chapter.headline;
  return finding === null ? "Nothing was found here." : `${missed(finding)}${change(finding)} ${wall(finding)}`.trim();
}

function missed(finding: Finding): string {
  const goals = finding.now.missedGoals ?? [];
  return goals.length > 0 && finding.best !== null ? `Today's ${finding.now.strategy} misses ${list(goals)}. ` : "";
}

function change(finding: Finding): string {
  const value = (v: number | null): string => quantity(v, finding.unit, 3);
  const now = num(finding.now.value);
  const best = num(finding.best?.value);
  if (finding.best === null || best === null) {
    return `${sentenceCase(finding.metric)} is ${value(now)} with ${finding.now.strategy}, and no strategy tried meets every goal.`;
  }

  if (finding.best.strategy === finding.now.strategy || best === now) {
    return `${sentenceCase(finding.metric)} is ${value(now)} with ${finding.now.strategy}: nothing tried does better.`;
  }

  const saved = (moneyOf(finding, finding.now) ?? NaN) - (moneyOf(finding, finding.best) ?? NaN);
  const price = Number.isFinite(saved) && Math.abs(saved) >= 0.5 ? (saved > 0 ? `, saving ${money(saved)} a year` : `, at ${money(-saved)} more a year`) : "";
  return `Going from ${finding.now.strategy} to ${finding.best.strategy} takes ${finding.metric} from ${value(now)} to ${value(best)}${price}.`;
}

function wall(finding: Finding): string {
  const limit = limitValue(finding.limit);
  if (finding.limit === null) {
    return "No limit is known for it.";
  }

  if (limit.outside !== null) {
    return `The theorem does not speak here: ${limit.outside}.`.replace("..", ".");
  }

  const best = num((finding.best ?? finding.now).value);
  const bound = limit.value!;
  if (!Number.isFinite(bound)) {
    return finding.limit.side === "ceiling" ? "No theorem caps it." : "A theorem says that nothing can bring it to a finite value.";
  }

  return `${possible(finding.limit, quantity(bound, finding.unit, 3))}${rest(best, bound, sideOf(finding))}.`;
}

function possible(limit: Limit, value: string): string {
  if (limit.kind === "reference") {
    return `The strongest known methods reach ${value}`;
  }

  return limit.side === "floor" ? `Nothing can go below ${value}` : `Nothing can exceed ${value}`;
}

function rest(best: number | null, bound: number, side: "floor" | "ceiling"): string {
  if (best === null || !Number.isFinite(best)) {
    return "";
  }

  if (best === bound) {
    return ", and that is reached";
  }

  const share = side === "floor" ? 1 - bound / best : 1 - best / bound;
  return Number.isFinite(share) && share > 0 ? `, ${percent(share)} ${side === "floor" ? "less" : "more"} than the best`.replace(`${percent(share)} more`, `${percent(bound / best - 1)} more`) : "";
}
