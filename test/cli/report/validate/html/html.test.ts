import { describe, expect, test } from "vitest";
import { maskAccounts } from "../../../../../cli/report/shared/mask-accounts";
import { validateHtml } from "../../../../../cli/report/validate/html";
import { escapeText, html } from "../../../../../cli/report/validate/html/markup";
import { stepsOf } from "../../../../../cli/report/validate/html/path";
import { liveMatrix } from "../../../../../cli/report/validate/matrix";
import type { DestinationReport } from "../../../../../cli/report/validate/types";
import type { DeliveryContract } from "../../../../../lib/contract/types";
import { bad, good, reportOf } from "../example-reports";

async function pageOf(...found: [DeliveryContract, DestinationReport][]): Promise<string> {
  const { report, contracts } = await reportOf(found);
  return validateHtml(report, contracts);
}

const outcomes = ([contract, report]: [DeliveryContract, DestinationReport]) =>
  Object.fromEntries(stepsOf(report, contract).map(({ kind, outcome }) => [kind, outcome]));

describe("the path of a delivery", () => {
  test("is green all the way where the vendor acted itself and all holds", async () => {
    expect(outcomes(await good())).toEqual({
      "Vendor account": "pass",
      Principal: "pass",
      Access: expect.stringMatching(/pass|unknown/),
      Role: "pass",
      Bucket: "pass",
      Prefix: "pass",
    });
  });

  test("has no role where the bucket policy names the vendor", async () => {
    expect(Object.keys(outcomes(await good("sixsense")))).toEqual(["Vendor account", "Principal", "Access", "Bucket", "Prefixes"]);
  });

  test("shows every prefix", async () => {
    const [contract, report] = await good("sixsense");

    expect(stepsOf(report, contract).at(-1)?.names).toEqual(["data-packs/", "audit/"]);
  });

  test("is grey where nobody acted, and red where something fails", async () => {
    expect(outcomes(await bad())).toMatchObject({ "Vendor account": "unknown", Principal: "unknown", Role: "fail", Bucket: "fail" });
  });

  test("places every result at one step", async () => {
    const [contract, report] = await bad();
    const counts = stepsOf(report, contract).map(({ held }) => Number(/ of (\d+) hold/.exec(held)?.[1] ?? 0));

    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(report.results.length);
  });
});

describe("the page", () => {
  test("names nothing outside of itself but the vendor's documentation", async () => {
    const page = await pageOf(await good(), await bad());

    const urls = [...page.matchAll(/(?:src|href|url|action|srcset|data)\s*[=(]\s*["']?([^"'\s>)]+)/gi)].map(([, url]) => url);
    expect(new Set(urls)).toEqual(
      new Set(["#destination-1", "#destination-2", "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration"]),
    );
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b|@import|\son\w+\s*=/i);
    expect(page).toContain("default-src 'none'");
  });

  test("shows every result, its evidence, cause and remedy, what was not checked and what stayed behind", async () => {
    const [contract, report] = await bad();
    const page = await pageOf([contract, report]);

    for (const { cause, remedy, outcome } of report.results.filter(({ outcome }) => outcome !== "pass"))
      for (const text of [cause, remedy]) if (text !== undefined) expect(page, outcome).toContain(escapeText(text));
    for (const item of report.notChecked) expect(page).toContain(escapeText(item));
    for (const { command } of report.left) expect(page).toContain(escapeText(command));
    expect(report.left.length).toBeGreaterThan(0);
    expect(page).toContain("Something that was written could not be removed");
  });

  test("never shows what could not be told as allowed or denied", async () => {
    const [contract, report] = await good();
    const results = report.results.map(({ evidence: _, ...result }) => ({ ...result, outcome: "unknown" as const, cause: "no network" }));
    const page = await pageOf([contract, { ...report, results, matrix: liveMatrix(contract, results, {}) }]);

    expect(page).not.toMatch(/<td class="cell[^>]*>.*?<\/svg> (can|cannot|holds)\b/);
    expect(page).toContain("Some results are unknown");
  });

  test("gives a number of nothing no colour", async () => {
    const page = await pageOf(await good());

    expect(page).toMatch(/<li class="pass"><b>\d+<\/b> hold<\/li>/);
    expect(page).toContain("<li><b>0</b> fail</li>");
    expect(page).not.toContain('<li class="fail"><b>0</b>');
    expect(await pageOf(await bad())).toMatch(/<li class="fail"><b>\d+<\/b> fail<\/li>/);
  });

  test("does not fold one destination, and can fold each of a few", async () => {
    const one = await pageOf(await good());
    const few = await pageOf(await good(), await bad());

    expect(one).toContain('<section class="destination">');
    expect(few.match(/<details class="destination" open>/g)).toHaveLength(2);
  });

  test("folds thirty destinations, all but those that need attention", async () => {
    const page = await pageOf(...(await Promise.all(Array.from({ length: 29 }, () => good()))), await bad());

    expect(page.match(/<details class="destination">/g)).toHaveLength(29);
    expect(page.match(/<details class="destination" open><summary>.*?aria-label="fails"/g)).toHaveLength(1);
    expect(page.match(/<a href="#destination-\d+"/g)).toHaveLength(30);
  });

  test("folds all of thirty destinations that need attention, as the overview shows which they are", async () => {
    const page = await pageOf(...(await Promise.all(Array.from({ length: 30 }, () => bad()))));

    expect(page).not.toContain('<details class="destination" open>');
  });

  test("hides accounts on request, in the path too", async () => {
    const { report, contracts } = maskAccounts(await reportOf([await good(), await bad()]));
    const page = validateHtml(report, contracts);

    expect(page).not.toMatch(/(?<![\w-])\d{12}(?![\w-])/);
    expect(page).toContain("&lt;account-1&gt;");
  });
});

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\u202egnp.exe\u0007`;

describe("a hostile text", () => {
  test("is text wherever it stands", async () => {
    const [contract, report] = await bad();
    const hostile = JSON.parse(
      JSON.stringify([contract, report], (key, value) =>
        typeof value === "string" &&
        !["id", "kind", "outcome", "actor", "action", "resource", "door", "mode", "evidence", "expected"].includes(key)
          ? `${value}${HOSTILE}`
          : value,
      ),
    );
    const page = await pageOf(hostile);

    expect(page).not.toMatch(/<script|<img|\u202e|\u0007/);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("\\u{202e}gnp.exe\\u{7}");
  });

  test("makes no link", async () => {
    const [contract, report] = await good();
    const page = await pageOf([{ ...contract, vendor: { ...contract.vendor, documentation: "javascript:alert(1)" } }, report]);

    expect(page).not.toContain("javascript:");
  });

  test("is escaped by the template, while markup and lists of it are kept", () => {
    expect(html`<b title="${`"'`}">${["<", html`<i>${"&"}</i>`, undefined, 1]}</b>`.text).toBe(
      '<b title="&quot;&#39;">&lt;<i>&amp;</i>1</b>',
    );
  });
});
