import "./page.css";
import { chapterSection } from "./chapter";
import { comparisonPage, type Comparison } from "./comparison";
import { h, type Child } from "./dom";
import { chapters as chaptersOf, type Report } from "./document";
import { overview } from "./overview";
import { openOnPaper } from "./paper";
import { pricePanel } from "./prices";

const page = document.getElementById("page")!;
page.id = "top";

try {
  const data = read();
  if ("comparison" in data) {
    drawComparison(data);
  } else {
    draw(whole(data));
  }
} catch (error) {
  page.replaceChildren(h("main", { class: "sheet" }, h("h1", null, "This report cannot be shown"), h("p", null, error instanceof Error ? error.message : String(error))));
  throw error;
}

function read(): Partial<Report> | Comparison {
  const text = document.getElementById("headroom-report")?.textContent ?? "null";
  const data = JSON.parse(text) as Partial<Report> | Comparison | null;
  if (data === null || typeof data !== "object") {
    throw new Error("The page holds no report. It is filled in by “headroom audit” and “headroom compare”.");
  }

  return data;
}

function whole(data: Partial<Report>): Report {
  return {
    system: data.system ?? "Unnamed system",
    version: data.version ?? "",
    seed: data.seed ?? null,
    command: data.command ?? "",
    prices: data.prices ?? {},
    findings: data.findings ?? [],
    claims: data.claims ?? [],
    sources: data.sources ?? {},
    violations: data.violations ?? [],
    executed: data.executed ?? {},
    activities: data.activities ?? [],
  };
}

function drawComparison(data: Comparison): void {
  document.title = `compare ${data.comparison} — Headroom`;
  page.replaceChildren(h("main", { class: "sheet", id: "content" }, comparisonPage(data)));
  openOnPaper();
}

function draw(report: Report): void {
  document.title = `${report.system} — Headroom`;
  const chapters = chaptersOf(report);
  page.replaceChildren(
    h("a", { class: "skip", href: "#content" }, "Skip to the activities"),
    h(
      "main",
      { class: "sheet" },
      overview(report, chapters),
      h("div", { id: "content", tabindex: "-1" }, chapters.map((chapter, index) => chapterSection(chapter, report, index + 1))),
      pricePanel(report, chapters),
      footer(report),
    ),
  );
  openOnPaper();
  if (location.hash.length > 1) {
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
}

function footer(report: Report): HTMLElement {
  const word = (name: string, meaning: Child): Child => h("div", null, h("dt", null, name), h("dd", null, meaning));
  return h(
    "footer",
    null,
    h("h2", null, "How to read this"),
    h("dl", { class: "words" },
      word("now", "What the activity costs today: stated, observed, or run by us with today's strategy."),
      word("best", "The best strategy tried that meets every stated goal, run on this very work."),
      word("limit", "What a theorem forbids anyone to beat. Each is given with the regime in which it holds and its source."),
      word("reference", "Where no theorem can give a number: the least that the strongest known methods reach. The headroom shown is then at least that large, and there is no verdict."),
      word("headroom", "The share of today's cost that the limit would still allow to take away."),
      word("claim", "What somebody says. It is refuted when a theorem or exact arithmetic contradicts it.")),
    h("p", null, "Made by Headroom ", report.version, " with seed ", h("code", null, String(report.seed)), ". All of it again:"),
    h("pre", { tabindex: "0", "aria-label": "The command that reproduces this report" }, h("code", null, report.command)),
  );
}
