/** On paper nothing can be unfolded: every fold-out opens for it and closes again afterwards. */
export function openOnPaper(): void {
  let opened: HTMLDetailsElement[] = [];
  const open = (): void => {
    if (opened.length === 0) {
      opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")].filter((d) => d.closest(".screen-only") === null);
      opened.forEach((d) => (d.open = true));
    }
  };
  const close = (): void => {
    opened.forEach((d) => (d.open = false));
    opened = [];
  };
  matchMedia("print").addEventListener("change", (paper) => (paper.matches ? open() : close()));
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
}
