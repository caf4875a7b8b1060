import { Command } from "commander";
import { describe, expect, test } from "vitest";
import type { CommandContext } from "../../cli/command";
import { COMMANDS } from "../../cli/commands";
import { accountId, defineCommand, flag, oneOf, optionName, text, textOr, texts, toggle, wholeNumber } from "../../cli/options";
import { cli } from "./run-program";

const OPTIONS = {
  format: textOr("text", "<format>", "the format"),
  s3TimeoutSeconds: text("<seconds>", "seconds"),
  externalId: texts("<id>", "an ID"),
  full: flag("all of it"),
  color: toggle("colours"),
};

async function read(...argv: string[]) {
  let read: unknown;
  const module = defineCommand({
    paths: "paths",
    options: OPTIONS,
    run: (paths, options) => {
      read = { paths, ...options };
      return 0;
    },
  });
  const command = new Command();
  module.define(command);
  command.parse(argv, { from: "user" });
  await module.run(command.processedArgs, command.opts(), {} as CommandContext);
  return read;
}

describe("options", () => {
  test("have their defaults where they are not given", async () => {
    expect(await read()).toEqual({ paths: [], format: "text", s3TimeoutSeconds: undefined, externalId: [], full: false });
  });

  test("with an opposite are true, false, or not given", async () => {
    expect(await read("--color")).toMatchObject({ color: true });
    expect(await read("--no-color")).toMatchObject({ color: false });
    expect(await read()).toMatchObject({ color: undefined });
  });

  test("are read by their kind, and a repeatable one many times", async () => {
    const argv = ["a", "--format", "json", "--s3-timeout-seconds", "5", "--external-id", "x", "--external-id", "y", "--full", "b"];

    expect(await read(...argv)).toEqual({
      paths: ["a", "b"],
      format: "json",
      s3TimeoutSeconds: "5",
      externalId: ["x", "y"],
      full: true,
    });
  });

  test("with one value fail where they are given two", async () => {
    const message = `InvalidOption: '--s3-timeout-seconds' must be given once, got "5" and "6"; leave one of the two out`;

    await expect(read("--s3-timeout-seconds", "5", "--s3-timeout-seconds", "6")).rejects.toThrow(message);
    await expect(read("--s3-timeout-seconds", "5", "--s3-timeout-seconds", "5")).resolves.toMatchObject({ s3TimeoutSeconds: "5" });
    const { code, err } = await cli("check", "--pin", "a", "--pin", "b");
    expect({ code, err }).toEqual({
      code: 2,
      err: `InvalidOption: '--pin' must be given once, got "a" and "b"; leave one of the two out\n`,
    });
  });

  test("are named as the user writes them", () => {
    expect(["vendorRoleArn", "s3TimeoutSeconds", "as"].map(optionName)).toEqual(["--vendor-role-arn", "--s3-timeout-seconds", "--as"]);
  });

  test.each(COMMANDS.map(({ name, load }) => [name, load] as const))(
    "of %s reach the command under their declared names",
    async (_, load) => {
      const command = new Command();
      (await load()).define(command);

      for (const option of command.options) expect(optionName(option.attributeName())).toBe(option.long?.replace("--no-", "--"));
      expect(command.options.length).toBeGreaterThan(2);
    },
  );
});

describe("a wrong value is named with its option, the rule and a remedy", () => {
  test.each([
    [
      () => oneOf({ name: "--format", value: "xml" }, ["text", "json"]),
      `'--format' must be one of text, json, got "xml"; write for example --format text`,
    ],
    [
      () => wholeNumber({ name: "--concurrency", value: "0" }, 1),
      `'--concurrency' must be a whole number from 1, got "0"; write for example --concurrency 60`,
    ],
    [
      () => wholeNumber({ name: "TIMEOUT", value: "1h" }, 0),
      `'TIMEOUT' must be a whole number from 0, got "1h"; write for example TIMEOUT=60`,
    ],
    [
      () => accountId({ name: "--account", value: "12" }),
      `'--account' must be a 12-digit account ID, got "12"; write for example --account 123456789012`,
    ],
  ])("%#", (action, text) => {
    expect(action).toThrow(`InvalidOption: ${text}`);
  });

  test("and a right one is returned", () => {
    expect(oneOf({ name: "--format", value: "json" }, ["text", "json"])).toBe("json");
    expect(wholeNumber({ name: "--concurrency", value: "7" }, 1)).toBe(7);
    expect(accountId({ name: "--account", value: "123456789012" })).toBe("123456789012");
  });
});
