/** The site is built once; then its links are followed, and its pages opened in a browser. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sitePages } from "../../scripts/site/pages";
import { findChromium, launch } from "../cli/report/validate/html/browser";
import { brokenReferences, fileAt, pagesOf, serve } from "./built-site";

const ROOT = join(__dirname, "..", "..");
const executable = findChromium();
if (!executable) console.log("The site is not opened in a browser: there is no Chromium on the PATH, and CHROMIUM_PATH is not set");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vendor-destination-site-"));
  execFileSync(join(ROOT, "node_modules", ".bin", "tsx"), ["scripts/site/build.ts", folder], { cwd: ROOT, stdio: "pipe" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("has every page of the documentation, each with a title and in the menu", () => {
  const pages = pagesOf(folder);
  const home = pages.get("/quick-start.html")!;

  for (const path of sitePages().values()) {
    const address = `/${path.replace(/\.md$/, ".html")}`;
    expect(pages.get(address), address).toMatch(/<title>[^<]{5,}<\/title>/);
    if (path !== "index.md") expect(home, path).toContain(`href="/${path.replace(/(index)?\.md$/, "")}`);
  }
});

test("refers to nothing that it does not have, and loads nothing from another host", () => {
  expect(pagesOf(folder).size).toBeGreaterThan(80);
  expect(brokenReferences(folder)).toEqual([]);
});

describe.skipIf(!executable)("in a browser", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    browser = await launch(executable!);
    site = await serve(folder);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  test.each([400, 1200])("each kind of page fits a window of %d px, and asks no other host", async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const trouble: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(site.origin) && !request.url().startsWith("data:")) trouble.push(`request ${request.url()}`);
    });
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") trouble.push(message.text());
    });
    for (const path of KINDS) {
      expect(fileAt(folder, path), path).toBeDefined();
      await page.goto(site.origin + path, { waitUntil: "load" });
      const [wide, window] = (await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")) as [number, number];
      if (wide > window) trouble.push(`${path} is ${wide} px wide`);
    }
    expect(trouble).toEqual([]);
    await page.close();
  });

  test("finds a rule by its id without asking a host", async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(`${site.origin}/concepts`, { waitUntil: "networkidle" });

    await page.keyboard.press("Control+k");
    await page.locator("input.search-input").fill("ssl-missing");
    await page.locator(".result").first().waitFor();

    expect(await page.locator(".result").allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining("ssl-missing")]));
    await page.close();
  });
});

/** One page of each kind: with wide tables, long blocks of code, long names. */
const KINDS = [
  "/",
  "/quick-start",
  "/concepts",
  "/by-hand",
  "/check",
  "/validate",
  "/vendors/kandji",
  "/vendors/known",
  "/how-to/kms",
  "/modules/kandji",
  "/rules/",
  "/rules/ssl-incomplete",
  "/errors",
  "/api",
  "/security-model",
  "/contributing",
];
