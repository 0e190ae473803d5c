import { foldout, h, type Child } from "./dom";
import { num, type Exhibit, type Num } from "./document";
import { exhibit } from "./exhibits/exhibit";
import { count, quantity } from "./format";

/** What `headroom compare` puts into the page. */
export interface Comparison {
  comparison: string;
  version: string;
  seed: Num;
  command: string;
  interrupted?: boolean;
  violations?: Row[];
  notes?: string[];
  groups: Group[];
  exhibits: Exhibit[];
}

interface Row {
  metric: string;
  unit: string;
  trials: number;
  method: string;
  theory: { bestCase: Num; average: Num; worstCase: Num } | null;
  measured: { mean: Num; low: Num; high: Num; p99: Num } | null;
  floor: Num;
  bound: string | null;
  floorReason: string;
  ratioToTheory: Num;
  ratioToFloor: Num;
}

interface Cell {
  strategy: string;
  note?: string;
  rows: Row[];
  further: { name: string; unit: string; value: Num; meaning: string }[];
}

interface Group {
  setting: string;
  recommendation: { strategy: string; criterion: string; reason: string; givesUp: string } | null;
  cells: Cell[];
}

/** Settings whose tables are on the page; the JSON and the CSV hold all. */
const groupsMax = 60;

const columns = ["Strategy", "Metric", "Theory: best", "average", "worst", "Measured", "95 %", "p99", "× theory", "Floor", "× floor"];

/** The page of a comparison: what to take where, the plots, and every number. */
export function comparisonPage(data: Comparison): Child[] {
  const groups = data.groups ?? [];
  const strategies = new Set(groups.flatMap((g) => g.cells.map((c) => c.strategy))).size;
  return [
    h("header", { class: "hero" },
      h("p", { class: "eyebrow" }, "Headroom comparison"),
      h("h1", null, `${data.comparison.charAt(0).toUpperCase()}${data.comparison.slice(1)}, compared`),
      h("p", { class: "lede" }, `${count(strategies, "strategy", "strategies")} in ${count(groups.length, "setting")}: what theory says, what was measured, and the floor that nobody goes below.`,
        data.interrupted === true && " The run was interrupted: this is what was finished.")),
    violations(data.violations ?? []),
    recommendations(groups),
    h("section", { class: "chapter", "aria-label": "Plots" }, h("div", { class: "exhibits" }, (data.exhibits ?? []).map((e, i, all) => exhibit(e, all.length % 2 === 1 && i === 0)))),
    h("section", { class: "chapter", "aria-labelledby": "numbers-title" },
      h("h2", { id: "numbers-title" }, "Every number"),
      h("div", { class: "foldouts" },
        groups.slice(0, groupsMax).map((group) => foldout(group.setting, table(group))),
        groups.length > groupsMax && h("p", { class: "aside" }, `The first ${groupsMax} of ${groups.length} settings; the JSON holds all.`),
        (data.notes ?? []).length > 0 && foldout("How it was run, and what to know", h("ul", { class: "notes" }, data.notes!.map((note) => h("li", null, note)))))),
    h("footer", null,
      h("p", null, "Made by Headroom ", data.version, " with seed ", h("code", null, String(data.seed)), ". All of it again:"),
      h("pre", { tabindex: "0", "aria-label": "The command that reproduces this report" }, h("code", null, data.command))),
  ];
}

function violations(rows: readonly Row[]): Child {
  return rows.length > 0 && h("section", { class: "alarm", role: "alert" },
    h("h2", null, `${count(rows.length, "number")} of ours below a floor`),
    h("p", null, "That cannot be: the measurement, the regime or the code is wrong. Do not act on what follows until it is explained."));
}

function recommendations(groups: readonly Group[]): Child {
  const advised = groups.filter((g) => g.recommendation !== null);
  return advised.length > 0 && h("section", { "aria-labelledby": "take-title" },
    h("h2", { id: "take-title" }, "What to take where"),
    h("p", { class: "key" }, advised[0]!.recommendation!.criterion),
    h("table", { class: "metrics" },
      h("thead", null, h("tr", null, ["Setting", "Take", "Why", "It gives up"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", null, advised.slice(0, groupsMax).map((g) => h("tr", null,
        h("th", { scope: "row" }, g.setting), h("td", { style: { "white-space": "nowrap" } }, h("b", { class: "role-best" }, g.recommendation!.strategy)), h("td", null, g.recommendation!.reason), h("td", null, g.recommendation!.givesUp))))));
}

function table(group: Group): Child {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": group.setting },
    h("table", { class: "metrics" },
      h("thead", null, h("tr", null, columns.map((name, i) => h("th", { scope: "col", class: i > 1 ? "number" : null }, name)))),
      h("tbody", null, group.cells.map((cell) => [
        cell.rows.map((row, i) => h("tr", null,
          h("th", { scope: "row" }, i === 0 ? cell.strategy : ""),
          h("td", { title: row.floorReason }, row.metric, row.method !== "simulated" && h("span", { class: "kind" }, row.method)),
          [row.theory?.bestCase, row.theory?.average, row.theory?.worstCase, row.measured?.mean].map((v) => number(v, row.unit)),
          h("td", { class: "number" }, interval(row)),
          number(row.measured?.p99, row.unit), number(row.ratioToTheory, ""), number(row.floor, row.unit), number(row.ratioToFloor, ""))),
        h("tr", null, h("th", null, ""), h("td", { colspan: String(columns.length - 1) }, h("span", { class: "kind" },
          [...cell.further.filter((f) => f.value !== null).map((f) => `${f.name} ${text(f.value, f.unit)}`), cell.note ?? ""].filter((t) => t !== "").join(" · ")))),
      ]))));
}

function number(value: Num | undefined, unit: string): HTMLElement {
  return h("td", { class: "number" }, text(value ?? null, unit));
}

function interval(row: Row): string {
  const { low, high } = row.measured ?? { low: null, high: null };
  return low === null || high === null ? "—" : low === high ? "exact" : `${text(low, row.unit)} to ${text(high, row.unit)}`;
}

function text(value: Num, unit: string): string {
  if (value === null) {
    return "—";
  }

  const v = num(value);
  return unit === "share" ? quantity(v === null ? null : 100 * v, "%") : quantity(v, unit === "s" || unit === "B" ? unit : "");
}
