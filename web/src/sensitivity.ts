import { moneyOf, type Candidate, type Chapter, type Finding } from "./document";

/** Multipliers of prices by name; a price that is not named stays as it is. */
export type Multipliers = Readonly<Record<string, number>>;

/** A yearly cost with some prices multiplied; null where no cost is known, the stated cost where no breakdown is. */
export function rescaled(breakdown: Record<string, number> | null | undefined, total: number | null | undefined, multipliers: Multipliers): number | null {
  if (!breakdown || Object.keys(breakdown).length === 0) {
    return total ?? null;
  }

  return Object.entries(breakdown).reduce((sum, [price, dollars]) => sum + dollars * (multipliers[price] ?? 1), 0);
}

/** The prices that any cost of this finding depends on, in order of their weight in what is spent now. */
export function pricesOf(finding: Finding): string[] {
  const weight = new Map<string, number>();
  const now = breakdownOf(finding, finding.now);
  for (const candidate of finding.candidates) {
    for (const [price, dollars] of Object.entries(candidate.moneyByPrice ?? {})) {
      weight.set(price, Math.max(weight.get(price) ?? 0, Math.abs(dollars), Math.abs(now?.[price] ?? 0)));
    }
  }

  return [...weight.entries()].filter(([, dollars]) => dollars > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([price]) => price);
}

export function breakdownOf(finding: Finding, candidate: Candidate | null): Record<string, number> | null {
  return candidate?.moneyByPrice ?? finding.candidates.find((c) => c.strategy === candidate?.strategy)?.moneyByPrice ?? null;
}

export interface Outlook {
  now: number | null;
  best: number | null;
  saving: number | null;
  /** The cheapest strategy that meets every goal at these prices. */
  cheapest: string | null;
}

/** What an activity's headline comes to when prices change. */
export function outlook(finding: Finding, multipliers: Multipliers): Outlook {
  const cost = (candidate: Candidate | null): number | null =>
    candidate === null ? null : rescaled(breakdownOf(finding, candidate), moneyOf(finding, candidate), multipliers);
  const now = cost(finding.now);
  const best = cost(finding.best);
  const legal = finding.candidates.filter((c) => (c.meetsGoals ?? (c.missedGoals ?? []).length === 0) && cost(c) !== null);
  const cheapest = legal.reduce<Candidate | null>((least, c) => (least === null || cost(c)! < cost(least)! ? c : least), null);
  return { now, best, saving: now === null || best === null ? null : now - best, cheapest: cheapest?.strategy ?? null };
}

/** The multiple of one price at which best and now cost the same, or null when no positive multiple does that. */
export function breakEven(finding: Finding, price: string): number | null {
  const now = breakdownOf(finding, finding.now);
  const best = breakdownOf(finding, finding.best);
  if (!now || !best) {
    return null;
  }

  const slope = (now[price] ?? 0) - (best[price] ?? 0);
  const rest = (outlook(finding, { [price]: 0 }).saving ?? NaN);
  const multiple = -rest / slope;
  return slope !== 0 && Number.isFinite(multiple) && multiple > 0 ? multiple : null;
}

/** True when any price changes what a chapter costs. */
export function isPriced(chapter: Chapter): boolean {
  return chapter.headline !== null && pricesOf(chapter.headline).length > 0;
}
