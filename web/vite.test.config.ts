import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

/** The tests of the page's pure functions, bundled for Node's own test runner. */
export default defineConfig({
  logLevel: "warn",
  build: {
    ssr: true,
    outDir: "dist-test",
    target: "node20",
    rollupOptions: { input: readdirSync("tests").map((file) => `tests/${file}`) },
  },
});
