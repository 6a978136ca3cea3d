// Bundles the style sheets, fonts, icons and the office's script into build/frontend/prongsai.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "build", "frontend", "prongsai");
// Ours is one light scheme with one typeface; the rest of the vendor's theme would double the sheet.
const unusedLayers = ["ds.theme.color-scheme.dark", "ds.theme.typography.secondary"];

function withoutBlock(css, opening) {
  const start = css.indexOf(opening);
  if (start < 0) return css;
  let depth = 0;
  let end = css.indexOf("{", start);
  do {
    depth += { "{": 1, "}": -1 }[css[end]] ?? 0;
    end += 1;
  } while (depth > 0);
  return withoutBlock(css.slice(0, start) + css.slice(end), opening);
}

const smallTheme = {
  name: "small-theme",
  setup(bundler) {
    bundler.onLoad({ filter: /dist[\\/]theme[\\/]designsystemet\.css$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const layer of unusedLayers) contents = withoutBlock(contents, `@layer ${layer}`);
      contents = withoutBlock(contents, "@media (prefers-color-scheme:light)");
      for (const brand of ["brand1", "brand2"]) {
        contents = withoutBlock(contents, `[data-color-scheme][data-color=${brand}]`);
      }
      return { contents, loader: "css" };
    });
  },
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ["portal.css", "portal.js", "office.css", "office.js"],
  outdir: target,
  bundle: true,
  minify: true,
  target: ["chrome120", "firefox121", "safari17"],
  loader: { ".woff2": "file" },
  external: ["*.svg"],
  assetNames: "fonts/[name]",
  legalComments: "none",
  plugins: [smallTheme],
});
for (const name of await readdir(join(here, "images"))) {
  await copyFile(join(here, "images", name), join(target, name));
}
