export type Child = Node | string | number | null | undefined | false | readonly Child[];

export interface Attributes {
  class?: string | null | undefined;
  style?: Readonly<Record<string, string>> | undefined;
  [name: string]: string | number | boolean | null | undefined | Readonly<Record<string, string>>;
}

/** An element with attributes and children; text becomes text nodes, so that no data is ever read as markup. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Attributes | null, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  append(element, children);
  return element;
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** The same for drawing. */
export function svg(tag: string, attributes?: Attributes | null, ...children: Child[]): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  set(element, attributes);
  append(element, children);
  return element;
}

/** A fold-out: closed on the screen, open on paper. */
export function foldout(summary: Child, ...children: Child[]): HTMLDetailsElement {
  return h("details", { class: "foldout" }, h("summary", null, summary), h("div", { class: "foldout-body" }, ...children));
}

function set(element: Element & ElementCSSInlineStyle, attributes: Attributes | null | undefined): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }

    if (typeof value === "object") {
      for (const [property, text] of Object.entries(value)) {
        element.style.setProperty(property, text);
      }
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) {
      continue;
    }

    if (Array.isArray(child)) {
      append(parent, child as readonly Child[]);
    } else {
      parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}
