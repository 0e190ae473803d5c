import { h, type Child } from "./dom";
import type { Chapter, Finding, Report } from "./document";
import { money, significant } from "./format";
import { breakEven, isPriced, outlook, pricesOf, type Multipliers } from "./sensitivity";

/** How one activity's yearly money from now to best moves with each price. */
export function activityPrices(chapter: Chapter, report: Report): Child {
  const finding = chapter.headline;
  if (finding === null || finding.best === null || !isPriced(chapter)) {
    return null;
  }

  const prices = pricesOf(finding);
  const cell = (label: string, ...children: Child[]): HTMLElement => h("td", { role: "cell", class: "number", "data-label": label }, ...children);
  const saving = (multipliers: Multipliers): string => money(outlook(finding, multipliers).saving);
  return h(
    "div",
    { class: "sensitivity" },
    h("h3", null, "If a price changes"),
    h("p", { class: "aside" }, `What going from ${finding.now.strategy} to ${finding.best.strategy} saves a year, one price changed at a time.`),
    h("table", { class: "cards", role: "table" },
      h("caption", { class: "unseen" }, "Yearly saving at half, at the stated and at double each price"),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Price", "at half", "as stated", "at double", "breaks even"].map((name, i) =>
        h("th", { role: "columnheader", scope: "col", class: i > 0 ? "number" : null }, name)))),
      h("tbody", { role: "rowgroup" }, prices.map((price) => h("tr", { role: "row" },
        h("th", { role: "rowheader", scope: "row" }, price, h("span", { class: "kind" }, report.prices[price] ?? "")),
        cell("at half", saving({ [price]: 0.5 })),
        cell("as stated", saving({})),
        cell("at double", saving({ [price]: 2 })),
        cell("breaks even", even(finding, price)))))),
  );
}

function even(finding: Finding, price: string): string {
  if (outlook(finding, { [price]: 2 }).saving === outlook(finding, {}).saving) {
    return "makes no difference";
  }

  const multiple = breakEven(finding, price);
  return multiple === null ? "at no price" : `at ×${significant(multiple, 2)}`;
}

/** One slider per price, and what every activity comes to at those prices. */
export function pricePanel(report: Report, chapters: readonly Chapter[]): Child {
  const priced = chapters.filter((c) => isPriced(c) && c.headline?.best);
  const names = [...new Set(priced.flatMap((c) => pricesOf(c.headline!)))];
  if (names.length === 0) {
    return null;
  }

  const multipliers: Record<string, number> = {};
  const body = h("tbody", { role: "rowgroup" });
  const total = h("output", { class: "panel-total", "aria-live": "polite" });
  const draw = (): void => {
    const outlooks = priced.map((chapter) => ({ chapter, at: outlook(chapter.headline!, multipliers) }));
    body.replaceChildren(...outlooks.map(({ chapter, at }) => panelRow(chapter, at)));
    const sum = outlooks.reduce((s, { at }) => s + (at.saving ?? 0), 0);
    const spent = outlooks.reduce((s, { at }) => s + (at.now ?? 0), 0);
    total.replaceChildren(h("b", { class: "role-best" }, money(sum)), ` of ${money(spent)} a year can be saved`);
  };
  const sliders = names.map((name, i) => slider(name, report.prices[name] ?? "", i, (multiple) => {
    multipliers[name] = multiple;
    draw();
  }));
  draw();
  const reset = h("button", { type: "button" }, "As stated");
  reset.addEventListener("click", () => sliders.forEach(({ back }) => back()));
  return h(
    "section",
    { class: "panel", "aria-labelledby": "panel-title" },
    h("h2", { id: "panel-title" }, "If prices change"),
    h("p", { class: "aside" }, "Each slider multiplies one price. The strategies and their traffic stay as measured; only the money moves."),
    h("div", { class: "panel-grid" },
      h("div", { class: "sliders" }, sliders.map(({ element }) => element), reset),
      h("div", null, total,
        h("table", { class: "cards", role: "table" },
          h("caption", { class: "unseen" }, "Yearly money of every activity at the chosen prices"),
          h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Activity", "now", "best", "saves", "cheapest that meets the goals"].map((name, i) =>
            h("th", { role: "columnheader", scope: "col", class: i > 0 && i < 4 ? "number" : null }, name)))),
          body))),
  );
}

function panelRow(chapter: Chapter, at: ReturnType<typeof outlook>): HTMLElement {
  const cell = (label: string, kind: string, text: Child): HTMLElement => h("td", { role: "cell", class: kind, "data-label": label }, text);
  return h("tr", { role: "row" },
    h("th", { role: "rowheader", scope: "row" }, h("a", { href: `#${chapter.anchor}` }, chapter.name)),
    cell("now", "number", money(at.now)), cell("best", "number", money(at.best)), cell("saves", "number", money(at.saving)),
    cell("cheapest", "", [at.cheapest ?? "—", at.cheapest !== null && at.cheapest !== chapter.headline?.best?.strategy && h("span", { class: "kind" }, "not the best by its metric")]));
}

/** Steps of a quarter power of two, from a quarter to four times. */
function slider(name: string, stated: string, index: number, changed: (multiple: number) => void): { element: HTMLElement; back: () => void } {
  const id = `price-${index}`;
  const input = h("input", { type: "range", id, min: "-8", max: "8", step: "1", value: "0" });
  const shown = h("output", { for: id });
  const show = (): void => {
    const text = `×${significant(2 ** (Number(input.value) / 4), 3)}`;
    shown.textContent = text;
    input.setAttribute("aria-valuetext", `${name} ${text}`);
  };
  input.addEventListener("input", () => {
    show();
    changed(2 ** (Number(input.value) / 4));
  });
  show();
  const back = (): void => {
    input.value = "0";
    input.dispatchEvent(new Event("input"));
  };
  return { element: h("div", { class: "slider" }, h("label", { for: id }, name, h("span", { class: "kind" }, stated)), shown, input), back };
}
