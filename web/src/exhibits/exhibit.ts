import { foldout, h, type Child } from "../dom";
import { num, type Exhibit, type Num } from "../document";
import { quantity, sentenceCase } from "../format";
import { bars } from "./bars";
import { lines } from "./lines";
import { networkMap } from "./networkMap";
import { scatter } from "./scatter";

/** Rows of an exhibit's table that are written out; the rest is in the JSON. */
const rowsMax = 200;

interface Drawing {
  picture: Child;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** What the picture leaves out, in words. */
  remark?: string;
}

/** A plot with its title, its caption and the same data as a table. */
export function exhibit(data: Exhibit, wide: boolean): HTMLElement {
  const { picture, head, rows, remark } = draw(data);
  const caption = [data.caption ?? "", remark ?? ""].filter((t) => t !== "").join(" ");
  return h(
    "figure",
    { class: `exhibit exhibit-${data.type}${wide ? " exhibit-wide" : ""}` },
    h("figcaption", null, h("h3", null, data.title), caption !== "" && h("p", null, caption)),
    rows.length === 0 ? h("p", { class: "empty" }, "There is nothing to draw: no values were found.") : picture,
    rows.length > 0 && h("div", { class: "screen-only" }, foldout(`The same as a table (${rows.length} ${rows.length === 1 ? "row" : "rows"})`, table(data.title, head, rows))),
  );
}

function draw(data: Exhibit): Drawing {
  const text = (value: Num, unit: string | undefined): string => quantity(num(value), unit ?? "");
  switch (data.type) {
    case "lines":
      return {
        ...lines(data),
        head: ["Series", data.x.label, data.y.label],
        rows: data.series.flatMap((s) => s.points.map(([x, y]) => [s.name, text(x, data.x.unit), text(y, data.y.unit)])),
      };
    case "bars":
      return { picture: bars(data), head: ["Name", data.value.label], rows: data.bars.map((b) => [b.name, text(b.value, data.value.unit)]) };
    case "scatter":
      return {
        ...scatter(data),
        head: ["Name", data.x.label, data.y.label, "Goals"],
        rows: data.points.map((p) => [p.name, text(p.x, data.x.unit), text(p.y, data.y.unit), p.meetsGoals === false ? "missed" : "met"]),
      };
    case "map":
      return {
        ...networkMap(data),
        head: ["From", "To", data.value.label, "Label"],
        rows: [...data.links].sort((a, b) => (num(b.value) ?? 0) - (num(a.value) ?? 0)).map((l) => [data.nodes[l.from]?.name ?? "—", data.nodes[l.to]?.name ?? "—", text(l.value, data.value.unit), l.label ?? ""]),
      };
    default:
      return { picture: null, head: [], rows: [], remark: `A plot of the kind ${String((data as { type: unknown }).type)} is not known to this page.` };
  }
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): Child {
  const numbers = (i: number, row: readonly string[]): string | null => (i > 0 && /^[\d$−∞]/.test(row[i] ?? "") ? "number" : null);
  return [
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${title}, as a table` },
      h("table", null,
        h("caption", { class: "unseen" }, title),
        h("thead", null, h("tr", null, head.map((name, i) => h("th", { scope: "col", class: rows[0] ? numbers(i, rows[0]) : null }, sentenceCase(name))))),
        h("tbody", null, rows.slice(0, rowsMax).map((row) => h("tr", null, row.map((cell, i) => h("td", { class: numbers(i, row) }, cell))))))),
    rows.length > rowsMax && h("p", { class: "aside" }, `The first ${rowsMax} of ${rows.length} rows.`),
  ];
}
