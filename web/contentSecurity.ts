import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const scripts = /<script type="module"[^>]*>([\s\S]*?)<\/script>/g;
const styles = /<style[^>]*>([\s\S]*?)<\/style>/g;

/**
 * Writes the page's content security policy: nothing loads from anywhere, and only the scripts and style sheets of this build run, named
 * by their hashes. Data that found a way into the page's markup would still be inert.
 */
export function contentSecurity(): Plugin {
  return {
    name: "content-security",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") {
          throw new Error("index.html is not among the outputs");
        }

        const html = String(page.source).replaceAll("\r\n", "\n");
        const policy = [
          "default-src 'none'",
          `script-src ${hashes(html, scripts)}`,
          `style-src-elem ${hashes(html, styles)}`,
          // Charts place their labels by style attributes; those come from the chart library alone.
          "style-src-attr 'unsafe-inline'",
          "img-src data:",
          "base-uri 'none'",
          "form-action 'none'",
        ].join("; ");
        page.source = html.replace(/<meta charset="utf-8"\s*\/?>/, (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
      },
    },
  };
}

function hashes(html: string, blocks: RegExp): string {
  const found = [...html.matchAll(blocks)].map((block) => `'sha256-${createHash("sha256").update(block[1] ?? "").digest("base64")}'`);
  if (found.length === 0) {
    throw new Error(`the page has no block of the form ${blocks.source}`);
  }

  return found.join(" ");
}
