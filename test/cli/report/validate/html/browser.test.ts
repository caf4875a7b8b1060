/** The page in a real browser. `SCREENSHOTS=<folder>` keeps what it looks like. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { validateHtml } from "../../../../../cli/report/validate/html";
import { bad, good, reportOf, type Shown } from "../example-reports";
import { findChromium, launch } from "./browser";

const executable = findChromium();
if (!executable) console.log("The page is not shown in a browser: there is no Chromium on the PATH, and CHROMIUM_PATH is not set");

const folder = process.env.SCREENSHOTS;
if (folder) mkdirSync(folder, { recursive: true });

describe.skipIf(!executable)("the page in a browser", () => {
  let browser: Browser;
  let shown: Shown;
  beforeAll(async () => {
    browser = await launch(executable!);
    shown = await reportOf([await good(), await bad(), await good("sixsense")]);
  });
  afterAll(() => browser?.close());

  async function open(content: string, options: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; trouble: string[] }> {
    const page = await browser.newPage({
      viewport: { width: options.width ?? 1200, height: 900 },
      colorScheme: options.dark ? "dark" : "light",
    });
    const trouble: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("about:")) trouble.push(`request ${request.url()}`);
    });
    page.on("dialog", (dialog) => {
      trouble.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("console", (message) => trouble.push(`console ${message.text()}`));
    await page.setContent(content, { waitUntil: "load" });
    return { page, trouble };
  }

  test.each([
    ["light", { width: 1200 }],
    ["dark", { width: 1200, dark: true }],
    ["narrow", { width: 400 }],
  ])(
    "fits its window, asks for nothing and complains of nothing: %s",
    async (name, options) => {
      const { page, trouble } = await open(validateHtml(shown.report, shown.contracts), options);

      if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      const [wide, window] = (await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")) as [number, number];
      expect(wide).toBeLessThanOrEqual(window);
      expect(trouble).toEqual([]);
      expect(await page.locator(".path").count()).toBe(3);
      expect(await page.locator(".path").first().locator("li").count()).toBe(6);
      await page.close();
    },
    60_000,
  );

  test.each([400, 1200])(
    "shows every cell of every table within a window of %d px",
    async (width) => {
      const { page } = await open(validateHtml(shown.report, shown.contracts), { width });

      expect(await page.evaluate(CELLS_OFF_SCREEN)).toEqual([]);
      expect(await page.evaluate("document.querySelectorAll('.wide td').length")).toBeGreaterThan(50);
      await page.close();
    },
    60_000,
  );

  test("opens a folded destination where the overview's link leads", async () => {
    const many = await reportOf(await Promise.all(Array.from({ length: 8 }, () => good())));
    const { page } = await open(validateHtml(many.report, many.contracts));

    expect(await page.locator("#destination-7").isVisible()).toBe(false);
    await page.locator('a[href="#destination-7"]').click();
    expect(await page.locator("#destination-7").isVisible()).toBe(true);
    await page.close();
  });

  test("has enough contrast between its texts and their grounds, light and dark", async () => {
    for (const dark of [false, true]) {
      const { page } = await open(validateHtml(shown.report, shown.contracts), { dark });
      expect(await page.evaluate(LEAST_CONTRAST), dark ? "dark" : "light").toBeGreaterThanOrEqual(4.5);
      await page.close();
    }
  });

  test("prints on paper, one destination after the other", async () => {
    const { page } = await open(validateHtml(shown.report, shown.contracts), { dark: true });
    const pdf = await page.pdf({ format: "A4", ...(folder && { path: join(folder, "print.pdf") }) });

    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.close();
  });

  test("shows hostile names as text, and runs nothing", async () => {
    const evil = `</style></title><script>alert(1)</script><img src="https://example.com/x.png" onerror="alert(2)">`;
    const { report, contracts } = shown;
    const destinations = report.destinations.map((one) => ({
      ...one,
      vendor: evil,
      bucket: evil,
      results: one.results.map((result) => ({ ...result, title: evil, cause: evil })),
    }));
    const { page, trouble } = await open(
      validateHtml(
        { ...report, destinations },
        contracts.map((contract) => ({ ...contract, keyPrefix: evil, vendorPrincipals: [evil] })),
      ),
    );

    expect(trouble).toEqual([]);
    expect(await page.locator("script, img").count()).toBe(0);
    expect(await page.locator("h2").nth(1).textContent()).toBe(`${evil} → ${evil}`);
    expect(await page.title()).toBe("Validation: 3 destinations");
    await page.close();
  });
});

/** Visible cells that begin or end outside of the window. Runs in the page. */
const CELLS_OFF_SCREEN = `[...document.querySelectorAll("th, td")]
  .filter((cell) => cell.getClientRects().length > 0)
  .filter((cell) => { const { left, right } = cell.getBoundingClientRect(); return left < 0 || right > window.innerWidth; })
  .map((cell) => cell.textContent)`;

/** The least contrast of any text, after https://www.w3.org/TR/WCAG21/#contrast-minimum. Runs in the page. */
const LEAST_CONTRAST = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      const [, , , alpha = 1] = channels(colour);
      if (alpha > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("main *")].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  return Math.min(...texts.map((element) => {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }));
})()`;
