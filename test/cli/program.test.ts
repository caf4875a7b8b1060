import { describe, expect, test } from "vitest";
import type { CommandContext } from "../../cli/command";
import { COMMANDS, type CommandEntry } from "../../cli/commands/index";
import { main } from "../../cli/program";
import { deadlinesOf } from "../../cli/validate/deadlines";
import { readSettings } from "../../cli/validate/settings";

function context(env: Record<string, string> = {}) {
  const written = { out: "", err: "" };
  const collect = (stream: "out" | "err") => (text: string) => {
    written[stream] += text;
  };
  const commandContext: CommandContext = {
    env,
    stdout: { write: collect("out"), isTerminal: false },
    stderr: { write: collect("err"), isTerminal: false },
    signal: new AbortController().signal,
    onKill: () => () => {},
  };
  return { written, commandContext };
}

async function run(argv: readonly string[], env: Record<string, string> = {}, commands?: readonly CommandEntry[]) {
  const { written, commandContext } = context(env);
  const code = await main(argv, commandContext, commands);
  return { code, ...written };
}

describe("the program", () => {
  test("shows its commands and exit codes, and loads none of them for it", async () => {
    const unloadable = COMMANDS.map((entry) => ({ ...entry, load: () => Promise.reject(new Error("loaded")) }));

    const { code, out, err } = await run(["--help"], {}, unloadable);

    expect(code).toBe(0);
    expect(out).toContain("validate");
    expect(out).toContain("4  (validate) something that was written could not be removed");
    expect(err).toBe("");
  });

  test("shows the help of a command in both ways", async () => {
    for (const argv of [
      ["validate", "--help"],
      ["help", "validate"],
    ])
      expect((await run(argv)).out).toContain("--vendor-aws-profile <name>");
  });

  test.each([
    ["validate", [0, 1, 2, 3, 4]],
    ["watch", [0, 1, 2, 3, 5]],
    ["check", [0, 1, 2, 3]],
    ["init", [0, 1, 2, 3]],
  ])("lists the exit codes that %s has", async (command, codes) => {
    const [, listed] = (await run([command, "--help"])).out.split("Exit codes:\n");

    expect([...listed!.matchAll(/^ {2}(\d) /gm)].map(([, code]) => Number(code))).toEqual(codes);
  });

  test("says how to load the completion", async () => {
    expect((await run(["completion", "--help"])).out).toContain("source <(vendor-destination completion bash)");
  });

  test("shows the two arguments of init", async () => {
    expect((await run(["init", "--help"])).out).toContain("init [options] <vendor> [folder]");
  });

  test.each([...COMMANDS.map(({ name }) => name), "completion"])(
    "explains the arguments of %s by the names of its usage",
    async (command) => {
      const { out } = await run([command, "--help"]);
      const [usage] = out.split("\n");
      const [, listed] = /^Arguments:\n((?: {2}.*\n)+)/m.exec(out)!;

      const inUsage = [...usage!.matchAll(/[<[](?!options)([a-z]+)(?:\.{3})?[\]>]/g)].map(([, name]) => name);
      expect([...listed!.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)).toEqual(inUsage);
    },
  );

  test("fails with 2 for a command or an option that it does not have", async () => {
    expect(await run(["frobnicate"])).toMatchObject({ code: 2, out: "" });
    const unknown = await run(["validate", "--nope"]);
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain("unknown option '--nope'");
  });

  test("fails with 2 without a command, and shows the help", async () => {
    const { code, err } = await run([]);

    expect(code).toBe(2);
    expect(err).toContain("Usage: vendor-destination");
  });

  test("fails with 2 when there is nothing to validate", async () => {
    const { code, err } = await run(["validate"]);

    expect(code).toBe(2);
    expect(err).toBe("MissingContract: there is nothing to validate; name a path, --contract FILE, or set VENDOR_DESTINATION_CONTRACT\n");
  });

  test("fails with 3 by an error that nobody foresaw", async () => {
    const broken = {
      name: "broken",
      summary: "broken",
      load: async () => ({ define: () => {}, run: () => Promise.reject(new Error("odd")) }),
    };

    expect(await run(["broken"], {}, [broken])).toMatchObject({ code: 3, err: "could not tell: Error: odd\n" });
  });
});

describe("settings of validate", () => {
  const options = { strangerProfile: [], format: [], concurrency: "32" };

  test("are the defaults without options", () => {
    expect(readSettings(options, {})).toMatchObject({ assumeMs: 120_000, s3Ms: 120_000, warnOnly: false, sources: { strangers: [] } });
  });

  test("come from the hook's environment, and options win", () => {
    const env = {
      VENDOR_DESTINATION_TIMEOUT_SECONDS: "30",
      VENDOR_DESTINATION_WARN_ONLY: "1",
      VENDOR_DESTINATION_VENDOR_AWS_PROFILE: "kandji",
    };

    expect(readSettings({ ...options, s3TimeoutSeconds: "5" }, env)).toMatchObject({
      assumeMs: 30_000,
      s3Ms: 5_000,
      warnOnly: true,
      sources: { vendor: { kind: "profile", name: "kandji" } },
    });
  });

  test("a run has the time that it is given, else what its destinations need", () => {
    const run = (more: object, env = {}) => deadlinesOf(readSettings({ ...options, ...more }, env), 33).runSeconds;

    expect(run({})).toBe(2 * (120 + 60));
    expect(run({ runTimeoutSeconds: "10" }, { VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS: "20" })).toBe(10);
    expect(run({}, { VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS: "20" })).toBe(20);
  });

  test("take the vendor's credentials from the environment with a prefix", () => {
    const env = { VENDOR_AWS_ACCESS_KEY_ID: "a", VENDOR_AWS_SECRET_ACCESS_KEY: "b", VENDOR_AWS_SESSION_TOKEN: "c" };

    expect(readSettings(options, env).sources.vendor).toEqual({ kind: "keys", accessKeyId: "a", secretAccessKey: "b", sessionToken: "c" });
  });

  test.each([
    [{ format: ["xml"] }, {}, "InvalidOption: '--format' must be one of text, json, junit, markdown, html, got \"xml\""],
    [{ as: "root" }, {}, "InvalidOption: '--as' must be one of vendor, role, stand-in, deployer"],
    [{ bucketOwner: "12" }, {}, "InvalidOption: '--bucket-owner' must be a 12-digit account ID"],
    [{ timeoutSeconds: "-1" }, {}, "InvalidOption: '--timeout-seconds' must be a whole number from 0"],
    [
      { timeoutSeconds: "abc" },
      {},
      "InvalidOption: '--timeout-seconds' must be a whole number from 0, got \"abc\"; write for example --timeout-seconds 60",
    ],
    [{ assumeTimeoutSeconds: "1h" }, {}, "InvalidOption: '--assume-timeout-seconds' must be"],
    [{ runTimeoutSeconds: "0" }, {}, "InvalidOption: '--run-timeout-seconds' must be a whole number from 1"],
    [
      {},
      { VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS: "1m" },
      "'VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS' must be a whole number from 1, got \"1m\"",
    ],
    [{ s3TimeoutSeconds: "" }, {}, "InvalidOption: '--s3-timeout-seconds' must be"],
    [
      {},
      { VENDOR_DESTINATION_TIMEOUT_SECONDS: "1m" },
      "'VENDOR_DESTINATION_TIMEOUT_SECONDS' must be a whole number from 0, got \"1m\"; write for example VENDOR_DESTINATION_TIMEOUT_SECONDS=60",
    ],
    [{}, { VENDOR_DESTINATION_AS: "root" }, "InvalidOption: 'VENDOR_DESTINATION_AS' must be one of"],
    [{}, { VENDOR_AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere" }, "UnreadableFile: 'VENDOR_AWS_WEB_IDENTITY_TOKEN_FILE' must name"],
    [{ concurrency: "0" }, {}, "InvalidOption: '--concurrency' must be a whole number from 1"],
    [{}, { VENDOR_AWS_ACCESS_KEY_ID: "a" }, "InvalidCredentials: 'VENDOR_AWS_ACCESS_KEY_ID' and"],
    [{ vendorWebIdentityTokenFile: "/nowhere" }, {}, "UnreadableFile: '--vendor-web-identity-token-file' must name"],
  ])("fail for %j", (wrong, env, message) => {
    expect(() => readSettings({ ...options, ...wrong }, env)).toThrow(message);
  });
});
