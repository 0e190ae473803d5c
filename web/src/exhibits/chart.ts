import { LineChart, LinesChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { h } from "../dom";
import type { Axis, Role } from "../document";
import { sentenceCase } from "../format";
import type { Pixel } from "./labelPlacement";
import { displayUnit, tickText, type DisplayUnit } from "../units";

use([LineChart, LinesChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, LabelLayout, SVGRenderer]);

const font = "ui-sans-serif, system-ui, sans-serif";

/** What to change once it is known where values fall on the drawing, and where the frame of the axes begins. */
export type Refine = (pixel: (value: readonly [number, number]) => Pixel, width: number, left: number) => EChartsCoreOption;

/** A chart that redraws when its width changes; colours are style variables, so that a change of theme or paper needs no redrawing. */
export function chart(label: string, tall: number | ((width: number) => number), option: (width: number, height: number) => EChartsCoreOption, refine?: Refine): HTMLElement {
  const host = h("div", { class: "chart", role: "img", "aria-label": label, style: { height: typeof tall === "number" ? `${tall}px` : "20rem" } });
  let drawn: ReturnType<typeof init> | null = null;
  let lastWidth = 0;
  new ResizeObserver(() => {
    const width = host.clientWidth;
    if (width === 0 || width === lastWidth || matchMedia("print").matches) {
      return;
    }

    lastWidth = width;
    const height = typeof tall === "number" ? tall : Math.round(tall(width));
    host.style.height = `${height}px`;
    drawn ??= init(host, null, { renderer: "svg", width, height });
    drawn.resize({ width, height });
    drawn.setOption({ animation: false, textStyle: { fontFamily: font, fontSize: 12, color: "var(--ink-2)" }, ...option(width, height) }, { notMerge: true });
    if (refine) {
      const on = drawn;
      drawn.setOption(refine((value) => on.convertToPixel({ gridIndex: 0 }, [...value]) as unknown as Pixel, width, leftOf(on, width, height)));
    }

    drawn.getZr().flush();
    const picture = host.querySelector("svg");
    picture?.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }).observe(host);
  return host;
}

/** The first column of pixels within the axes. */
function leftOf(drawn: ReturnType<typeof init>, width: number, height: number): number {
  let x = 0;
  while (x < width && !drawn.containPixel({ gridIndex: 0 }, [x, height / 2])) {
    x++;
  }

  return x;
}

/** What draws a role; those without one take a hue and a dash of their own. */
export function colourOf(role: Role | null | undefined, index: number): string {
  return role && role !== "candidate" ? `var(--${role})` : `var(--hue-${(index % 6) + 1})`;
}

export interface ReadyAxis {
  unit: DisplayUnit;
  log: boolean;
  /** The least value in the axis's unit; of the positive ones on a logarithmic axis. */
  least: number;
  /** The value in the axis's unit, or null where the axis has no place for it. */
  place(value: number | null): number | null;
  name: string;
  option: Record<string, unknown>;
}

/** An axis with its unit in its name; logarithmic where asked for and the positive values span over a factor of three. */
export function readyAxis(axis: Axis, values: readonly (number | null)[]): ReadyAxis {
  const finite = values.filter((v): v is number => v !== null && Number.isFinite(v));
  const positive = finite.filter((v) => v > 0);
  const log = axis.log === true && positive.length > 0 && Math.max(...positive) > 3 * Math.min(...positive);
  const unit = displayUnit(log ? positive : finite, axis.unit ?? "", log);
  const whole = unit.name === "%" ? 100 : 1;
  const top = finite.length === 0 ? 0 : Math.max(...finite);
  const isShare = !log && (unit.name === "" || unit.name === "%") && finite.every((v) => v >= 0) && top <= whole && top > 0.8 * whole;
  return {
    unit,
    log,
    least: unit.factor * Math.min(...(log ? positive : finite)),
    place: (value) => (value === null || !Number.isFinite(value) || (log && value <= 0) ? null : value * unit.factor),
    name: `${sentenceCase(axis.label)}${unit.name === "" ? "" : ` (${unit.name})`}${log ? ", log scale" : ""}`,
    option: {
      type: log ? "log" : "value",
      scale: true,
      ...(isShare ? { max: whole } : {}),
      axisLine: { show: true, lineStyle: { color: "var(--rule-2)" } },
      axisTick: { show: true, lineStyle: { color: "var(--rule-2)" } },
      minorTick: { show: false },
      splitLine: { lineStyle: { color: "var(--rule)", width: 1 } },
      axisLabel: { color: "var(--ink-2)", hideOverlap: true, formatter: tickText },
      nameTextStyle: { color: "var(--ink-2)" },
    },
  };
}

/** A tooltip's content as elements: names are text, whatever they hold. */
export function tip(title: string, rows: readonly (readonly [string, string])[]): HTMLElement {
  return h("div", { class: "tip" }, h("b", null, title), rows.map(([name, value]) => h("div", null, name, " ", h("b", null, value))));
}

/** A vertical axis's name stands above it and starts where it stands. */
export const leftName = { color: "var(--ink-2)", align: "left" };

export const tooltip = {
  confine: true,
  backgroundColor: "var(--paper)",
  borderColor: "var(--rule-2)",
  textStyle: { color: "var(--ink)", fontSize: 13 },
};
