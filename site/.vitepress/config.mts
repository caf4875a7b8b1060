/** The site: its pages are the repository's Markdown, which `scripts/site` copies. It asks no other host for anything. */
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { slugOf } from "../../scripts/docs/anchors";
import { sidebar } from "../../scripts/site/navigation";

/** Where the site is served: `/`, or the folder that a host of pages gives it. */
const BASE = process.env.SITE_BASE ?? "/";
const CACHE = join(import.meta.dirname, "..", "..", ".cache", "site");

export default defineConfig({
  title: "vendor-destination",
  description: "Let a SaaS vendor deliver into your own S3 bucket, and see it proven.",
  lang: "en",
  base: BASE,
  head: [["link", { rel: "icon", href: `${BASE}favicon.svg` }]],
  srcDir: join(CACHE, "src"),
  cacheDir: join(CACHE, "vite"),
  cleanUrls: false,
  lastUpdated: false,
  // As GitHub makes them, so that one link works in both places.
  markdown: { anchor: { slugify: slugOf }, attrs: { disable: true } },
  themeConfig: {
    outline: [2, 3],
    search: { provider: "local" },
    nav: [
      { text: "Quick start", link: "/quick-start" },
      { text: "Kandji", link: "/vendors/kandji" },
      { text: "6sense", link: "/vendors/6sense" },
      { text: "Rules", link: "/rules/" },
      { text: "API", link: "/api" },
    ],
    sidebar: sidebar() as never,
    socialLinks: [{ icon: "github", link: "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination" }],
    footer: { message: "Apache-2.0" },
  },
});
