/** A number of the document; what JSON has no number for is a word: "unbounded", "infinite", "-infinite". */
export type Num = number | string | null;

export interface Provenance {
  kind: string;
  detail: string;
}

export interface Candidate {
  strategy: string;
  value: Num;
  low?: Num;
  high?: Num;
  provenance: Provenance;
  meetsGoals?: boolean;
  missedGoals?: string[];
  moneyPerYear?: number | null;
  moneyByPrice?: Record<string, number> | null;
  outsideRegime?: string | null;
  note?: string;
}

export interface Limit {
  kind: "bound" | "reference";
  id: string;
  title?: string;
  value: Num | { outsideRegime: string };
  side: "floor" | "ceiling";
  regime: string;
  source?: string | null;
  arguments?: string;
  provenance?: Provenance;
  moneyPerYear?: number | null;
  moneyByPrice?: Record<string, number> | null;
}

export interface Advice {
  reason: string;
  tradeOffs: string;
  confidence: string;
}

export interface Finding {
  id: string;
  activity: string;
  kind: string;
  metric: string;
  meaning?: string;
  unit: string;
  side?: "floor" | "ceiling";
  headline: boolean;
  now: Candidate;
  best: Candidate | null;
  limit: Limit | null;
  headroom: number | null;
  verdict: string | null;
  verdictReason?: string;
  moneyToBest: number | null;
  moneyToLimit: number | null;
  candidates: Candidate[];
  advice: Advice | null;
}

export interface Claim {
  activity: string;
  metric: string;
  value: Num;
  unit?: string;
  /** The value in the unit of the metric it is about; null where there is no such metric. */
  metricValue?: Num;
  by: string;
  verdict: string;
  why: string;
  text?: string | null;
  strategy?: string | null;
}

export type Role = "now" | "best" | "limit" | "candidate" | "claimed";

export interface Axis {
  label: string;
  unit?: string;
  log?: boolean;
}

export interface LinesExhibit {
  type: "lines";
  title: string;
  caption?: string;
  x: Axis;
  y: Axis;
  series: { name: string; points: [Num, Num][]; role?: Role | null }[];
}

export interface BarsExhibit {
  type: "bars";
  title: string;
  caption?: string;
  value: Axis;
  bars: { name: string; value: Num; low?: Num; high?: Num; role?: Role | null }[];
}

export interface ScatterExhibit {
  type: "scatter";
  title: string;
  caption?: string;
  x: Axis;
  y: Axis;
  points: { name: string; x: Num; y: Num; role?: Role | null; meetsGoals?: boolean }[];
  guides?: { axis: "x" | "y"; value: Num; label: string }[];
}

export interface MapExhibit {
  type: "map";
  title: string;
  caption?: string;
  nodes: { name: string; x: Num; y: Num }[];
  /** The ends are indices of nodes. */
  links: { from: number; to: number; value: Num; label?: string }[];
  value: Axis;
}

export type Exhibit = LinesExhibit | BarsExhibit | ScatterExhibit | MapExhibit;

export interface Activity {
  name: string;
  kind: string;
  command: string;
  notes?: string[];
  exhibits: Exhibit[];
}

export interface Report {
  system: string;
  version: string;
  seed: Num;
  command: string;
  prices: Record<string, string>;
  findings: Finding[];
  claims: Claim[];
  /** Sources by their key, in full. */
  sources?: Record<string, string>;
  violations: string[];
  executed?: { machine?: string; findings?: Finding[] };
  activities: Activity[];
}

/** One activity with everything the page says of it. */
export interface Chapter {
  name: string;
  kind: string;
  command: string;
  anchor: string;
  notes: string[];
  exhibits: Exhibit[];
  findings: Finding[];
  headline: Finding | null;
  claims: Claim[];
}

/** The number meant, with the words for the infinite ones; null where there is none. */
export function num(value: Num | undefined): number | null {
  if (typeof value === "number") {
    return Number.isNaN(value) ? null : value;
  }

  switch (value?.trim().toLowerCase()) {
    case "unbounded":
    case "infinite":
      return Infinity;
    case "-infinite":
      return -Infinity;
    default: {
      const number = value === undefined || value === null || value.trim() === "" ? NaN : Number(value);
      return Number.isNaN(number) ? null : number;
    }
  }
}

/** The bound's number (infinite when unbounded), or null with the reason why there is none. */
export function limitValue(limit: Limit | null): { value: number | null; outside: string | null } {
  if (limit === null) {
    return { value: null, outside: null };
  }

  return typeof limit.value === "object" && limit.value !== null
    ? { value: null, outside: limit.value.outsideRegime }
    : { value: num(limit.value), outside: null };
}

export function sideOf(finding: Finding): "floor" | "ceiling" {
  return finding.side ?? finding.limit?.side ?? "floor";
}

/** The activities in the document's order, which is by yearly money at stake, each with what belongs to it. */
export function chapters(report: Report): Chapter[] {
  const findings = [...report.findings, ...(report.executed?.findings ?? [])];
  const activities = new Map(report.activities.map((a) => [a.name, a]));
  for (const { activity, kind } of findings) {
    if (!activities.has(activity)) {
      activities.set(activity, { name: activity, kind, command: report.command, exhibits: [] });
    }
  }

  const taken = new Set<string>();
  return [...activities.values()].map((activity): Chapter => {
    const own = findings.filter((f) => f.activity === activity.name);
    const headline = own.find((f) => f.headline) ?? own[0] ?? null;
    return {
      ...activity,
      notes: activity.notes ?? [],
      exhibits: activity.exhibits ?? [],
      anchor: anchorOf(activity.name, taken),
      findings: headline === null ? own : [headline, ...own.filter((f) => f !== headline)],
      headline,
      claims: report.claims.filter((c) => c.activity === activity.name),
    };
  });
}

function anchorOf(name: string, taken: Set<string>): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
  let anchor = `activity-${plain || "unnamed"}`;
  for (let n = 2; taken.has(anchor); n++) {
    anchor = `activity-${plain || "unnamed"}-${n}`;
  }

  taken.add(anchor);
  return anchor;
}

/** A claim's value in a finding's unit, or null where it speaks of something else. */
export function claimed(claim: Claim, finding: Finding): number | null {
  return claim.metric !== finding.metric ? null : claim.metricValue !== undefined ? num(claim.metricValue) : (claim.unit ?? finding.unit) === finding.unit ? num(claim.value) : null;
}

/** Dollars per year of a candidate, wherever the document states them. */
export function moneyOf(finding: Finding, candidate: Candidate | null): number | null {
  if (candidate === null) {
    return null;
  }

  return candidate.moneyPerYear ?? finding.candidates.find((c) => c.strategy === candidate.strategy)?.moneyPerYear ?? null;
}
