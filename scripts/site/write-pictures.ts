/** Writes the pictures of reports that the pages show, into `site/public`: `npm run site:pictures`. The program must be bundled, and the pages of `validate` need Chromium. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { validateHtml } from "../../cli/report/validate/html";
import { KandjiStack } from "../../examples/kandji/stack";
import { bad, good, reportOf } from "../../test/cli/report/validate/example-reports";
import { findChromium, launch } from "../../test/cli/report/validate/html/browser";
import { terminalPicture } from "./terminal-picture";

const ROOT = join(__dirname, "..", "..");
const FOLDER = join(ROOT, "site", "public");

/** What `check` says of a stack, in colours. */
function checkReport(stack: string, ...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  try {
    writeFileSync(join(folder, "cdk.tf.json"), stack);
    const args = [join(ROOT, "program", "index.js"), "check", "cdk.tf.json", "--color", ...options];
    return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The stack with a statement that somebody added to the bucket policy. */
function withAnotherAccount(stack: string): string {
  const parsed = JSON.parse(stack);
  const [policy] = Object.values<{ policy: string }>(parsed.resource.aws_s3_bucket_policy);
  const document = JSON.parse(policy!.policy);
  document.Statement.push({
    Sid: "Analytics",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::999988887777:role/analytics" },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::acme-kandji-activity/*",
  });
  policy!.policy = JSON.stringify(document);
  return JSON.stringify(parsed);
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const stack = Testing.synth(new KandjiStack(Testing.app(), "kandji"));
  const passes = checkReport(stack).split(/^.*Accepted, as the vendor asks/m, 1)[0]!;
  const [fails] = checkReport(withAnotherAccount(stack), "--quiet").split(/^.*For every request/m, 1);
  writeFileSync(join(FOLDER, "check-passes.svg"), terminalPicture(passes, "check passes: a matrix of who can do what, and what is proved"));
  writeFileSync(
    join(FOLDER, "check-fails.svg"),
    terminalPicture(fails!, "check fails: another account can read, with a request that shows it"),
  );

  const executable = findChromium();
  if (executable === undefined) return console.log("no pictures of validate's pages: there is no Chromium");
  const browser = await launch(executable);
  for (const [name, found] of [
    ["validate-passes", await good()],
    ["validate-fails", await bad()],
  ] as const) {
    const { report, contracts } = await reportOf([found]);
    const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
    await page.setContent(validateHtml(report, contracts), { waitUntil: "load" });
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.close();
    console.log(`${name}.png: ${readFileSync(join(FOLDER, `${name}.png`)).length} bytes`);
  }
  await browser.close();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
