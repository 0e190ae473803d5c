import { h } from "../dom";
import { num, type BarsExhibit } from "../document";
import { quantity, sentenceCase } from "../format";
import { glyph, pct, stretch } from "../ladder";
import { makeScale } from "../scale";

/** Horizontal bars. On a linear scale they grow from zero; on a logarithmic one length means nothing, so a mark stands on a line. */
export function bars(data: BarsExhibit): HTMLElement {
  const unit = data.value.unit ?? "";
  const values = data.bars.flatMap((b) => [num(b.value), num(b.low), num(b.high)]).filter((v): v is number => v !== null);
  const log = data.value.log === true;
  const scale = makeScale(log ? values : [0, ...values.filter((v) => Number.isFinite(v))]);
  const top = Math.max(0, ...values.filter(Number.isFinite));
  const linearTo = (v: number): number => (Number.isFinite(v) ? (top === 0 ? 0 : Math.max(0, v) / top) : 1);
  const dots = log && scale.kind === "log";
  return h(
    "div",
    { class: "bars" },
    h("p", { class: "axis-name", "aria-hidden": "true" }, `${sentenceCase(data.value.label)}${dots ? ", log scale" : ""}`),
    h("ul", null, data.bars.map((bar) => {
      const value = num(bar.value);
      const [low, high] = [num(bar.low), num(bar.high)];
      const role = bar.role ?? "candidate";
      const whisker = low !== null && high !== null && low !== high;
      return h("li", { class: `role-${role}` },
        h("span", { class: "bar-name" }, bar.name),
        h("span", { class: "bar-track", "aria-hidden": "true" },
          value !== null && (dots
            ? [h("span", { class: "ladder-base" }), h("span", { class: "ladder-mark", style: { left: pct(scale.position(value)) } }, glyph(role))]
            : h("span", { class: "bar", style: { width: pct(linearTo(value)) } })),
          whisker && (dots ? stretch("whisker", low, high, scale)
            : h("span", { class: "ladder-stretch whisker", style: { left: pct(linearTo(low)), width: pct(linearTo(high) - linearTo(low)) } }))),
        h("span", { class: "bar-value" }, quantity(value, unit)));
    })),
  );
}
