/** The completion scripts: bash completes by one, and what another shell reads has the commands and options. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, folder } from "./run-program";

const script = async (shell: string) => (await cli("completion", shell)).out;

/** What bash offers for a line whose last word is being written. */
async function completed(...words: string[]): Promise<string[]> {
  const path = join(folder({ script: await script("bash"), "plan.json": "{}" }), "script");
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const line = `source "$1"; cd "$(dirname "$1")"; COMP_WORDS=(vendor-destination ${quoted}); COMP_CWORD=${words.length}; _vendor_destination; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", line, "bash", path], { encoding: "utf8" }).split("\n").filter(Boolean);
}

describe("bash", () => {
  test("completes commands", async () => {
    expect(await completed("")).toEqual(["check", "access", "explain", "validate", "watch", "init", "--help", "--version"]);
    expect(await completed("va")).toEqual(["validate"]);
  });

  test("completes the options of the command", async () => {
    expect(await completed("check", "--fai")).toEqual(["--fail-on"]);
    expect(await completed("watch", "--fai")).toEqual([]);
    expect(await completed("check", "plan.json", "--no-c")).toEqual(["--no-color", "--no-config"]);
  });

  test("completes files as paths and as values that are files", async () => {
    expect(await completed("check", "pl")).toEqual(["plan.json"]);
    expect(await completed("check", "--pin", "pl")).toEqual(["plan.json"]);
    expect(await completed("check", "--fail-on", "pl")).toEqual([]);
  });
});

test.each<[string, string[]]>([
  [
    "zsh",
    ["#compdef vendor-destination", "'check:judge a plan offline", "      '*--pin[compare with what the team has approved]:file:_files'"],
  ],
  [
    "fish",
    [
      "complete -c vendor-destination -n __fish_use_subcommand -f -a check -d 'judge a plan offline",
      "complete -c vendor-destination -n '__fish_seen_subcommand_from check' -l pin -r -F -d 'compare with what the team has approved'",
      "-l full -d 'print the whole matrix",
    ],
  ],
])("%s has the commands and their options", async (shell, lines) => {
  const text = await script(shell);

  for (const line of lines) expect(text).toContain(line);
});

test.each(["bash", "zsh", "fish"])("no help ends a text of %s too early", async (shell) => {
  const quotes = (await script(shell)).replaceAll("'\\''", "").replaceAll("\\'", "").match(/'/g) ?? [];

  expect(quotes.length % 2).toBe(0);
});

test("fails for another shell", async () => {
  const { code, err } = await cli("completion", "tcsh");

  expect(err).toContain("'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.");
  expect(code).toBe(2);
});
