import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../../cli/program";
import { readWatchSettings } from "../../../cli/watch/settings";

const OPTIONS = { cloudtrailRegion: [], timeoutMinutes: "180", intervalSeconds: "60", format: "text" };
const NOW = Date.UTC(2026, 0, 1);

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const written: { out: string[]; err: string[] } = { out: [], err: [] };
  const code = await main(argv, {
    env,
    stdout: { write: (text) => void written.out.push(text), isTerminal: false },
    stderr: { write: (text) => void written.err.push(text), isTerminal: false },
    signal: new AbortController().signal,
    onKill: () => () => {},
  });
  return { code, out: written.out.join(""), err: written.err.join("") };
}

describe("the command watch", () => {
  test("shows its options and its own exit codes", async () => {
    const { code, out } = await run(["watch", "--help"]);

    expect(code).toBe(0);
    expect(out).toContain("--any-writer");
    expect(out).toContain("0 on time, 1 late, 3 could not tell, 5 nothing yet and nothing overdue");
  });

  test("fails with 2 when there is nothing to watch", async () => {
    expect(await run(["watch", "--once"])).toEqual({
      code: 2,
      out: "",
      err: "MissingContract: there is nothing to watch; name a path, --contract FILE, or set VENDOR_DESTINATION_CONTRACT\n",
    });
  });

  test("cannot tell without credentials and network, and shows nothing as delivered or late", async () => {
    const contract = join(__dirname, "..", "contracts", "kandji.json");
    const env = { AWS_MAX_ATTEMPTS: "1" };
    const argv = [
      "watch",
      "--once",
      "--contract",
      contract,
      "--endpoint-url",
      "https://127.0.0.1:9",
      "--format",
      "json",
      "--profile",
      "none",
    ];

    const { code, out, err } = await run(argv, env);

    expect({ code, err }).toEqual({ code: 3, err: "" });
    expect(JSON.parse(out).destinations[0]).toMatchObject({ status: "couldNotTell", summary: "no source could be read" });
  });
});

describe("settings of watch", () => {
  test("are the defaults without options", () => {
    expect(readWatchSettings(OPTIONS, {}, NOW)).toEqual({
      source: { kind: "environment" },
      region: undefined,
      since: undefined,
      lateByMinutes: undefined,
      timeoutMs: 10_800_000,
      intervalMs: 60_000,
      format: "text",
    });
  });

  test.each([
    ["now", NOW],
    ["2026-01-31T12:00:00Z", Date.UTC(2026, 0, 31, 12)],
    ["2026-01-31", Date.UTC(2026, 0, 31)],
  ])("take %s as a time", (since, time) => {
    expect(readWatchSettings({ ...OPTIONS, since }, {}, NOW).since).toBe(time);
  });

  test.each([
    [{ format: "xml" }, "InvalidOption: '--format' must be one of text, json, got \"xml\"; write for example --format text"],
    [{ since: "yesterday" }, 'InvalidOption: \'--since\' must be a time such as 2026-01-31T12:00:00Z, or "now", got "yesterday"'],
    [{ since: "2026-13-01" }, "InvalidOption: '--since'"],
    [{ lateByMinutes: "-1" }, "InvalidOption: '--late-by-minutes' must be a whole number from 0"],
    [{ timeoutMinutes: "1h" }, "InvalidOption: '--timeout-minutes'"],
    [{ intervalSeconds: "0" }, "InvalidOption: '--interval-seconds' must be a whole number from 1"],
    [{ queueUrl: "my-queue" }, "InvalidOption: '--queue-url' must be the URL of a queue"],
  ])("fail for %j", (wrong, message) => {
    expect(() => readWatchSettings({ ...OPTIONS, ...wrong }, {}, NOW)).toThrow(message);
  });
});
