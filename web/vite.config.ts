import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { contentSecurity } from "./contentSecurity.ts";

export default defineConfig({
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), contentSecurity()],
  build: { modulePreload: { polyfill: false }, target: "es2022", chunkSizeWarningLimit: 1000, reportCompressedSize: false },
});
