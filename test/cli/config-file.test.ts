/** The configuration file, and its schema, which WRITE_DOCS=1 writes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { afterEach, describe, expect, test, vi } from "vitest";
import { OPTIONS as CHECK } from "../../cli/commands/check";
import { OPTIONS as VALIDATE } from "../../cli/commands/validate";
import { OPTIONS as WATCH } from "../../cli/commands/watch";
import { CONFIG_FILE, CONFIGURED_COMMANDS, type ConfigurableOption } from "../../cli/config-file";
import { only, type Plan } from "../mutants/plans";
import { examplesFolder } from "./example-plans";
import { cli, folder } from "./run-program";

const SCHEMA = "schemas/config.schema.json";
const TEXTS = { type: "array", items: { type: "string" } };

function typeOf({ repeatable, placeholder, choices }: ConfigurableOption) {
  if (repeatable) return TEXTS;
  if (placeholder === undefined) return { type: "boolean" };
  return choices && placeholder !== "<file>" ? { enum: choices } : { type: ["string", "number"] };
}

function commandSchema(options: Readonly<Record<string, ConfigurableOption & { readonly help: string }>>, paths: string) {
  const configurable = Object.entries(options).filter(([, { onlyAsOption }]) => !onlyAsOption);
  const properties = configurable.map(([name, option]) => [name, { ...typeOf(option), description: option.help }]);
  return {
    type: "object",
    properties: { paths: { ...TEXTS, description: paths }, ...Object.fromEntries(properties) },
    additionalProperties: false,
  };
}

const PATHS = "what the command reads where the command line names no path";

const EXPECTED = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination/raw/main/schemas/config.schema.json",
  title: `Configuration of vendor-destination: ${CONFIG_FILE}`,
  description: "Options of each command, without dashes and in camel case. The command line wins. Paths begin at the working directory.",
  type: "object",
  properties: {
    $schema: { type: "string" },
    check: commandSchema(CHECK, PATHS),
    validate: commandSchema(VALIDATE, PATHS),
    watch: commandSchema(WATCH, PATHS),
  },
  additionalProperties: false,
};

const isConfig = new Ajv({ strict: false }).compile(EXPECTED);

const versioned = (plan: Plan) => Object.assign(only(plan, "aws_s3_bucket_versioning").versioning_configuration, { status: "Enabled" });
const dotted = (plan: Plan) => Object.assign(only(plan, "aws_iam_role"), { permissions_boundary: "arn:aws:iam::111111111111:policy/x" });

function configFile(content: unknown): string {
  return join(folder({ "config.json": content }), "config.json");
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test("the schema lists the options of each command", () => {
  if (process.env.WRITE_DOCS === "1") writeFileSync(SCHEMA, `${JSON.stringify(EXPECTED, null, 2)}\n`);
  expect(JSON.parse(readFileSync(SCHEMA, "utf8"))).toEqual(EXPECTED);
  expect(Object.keys(EXPECTED.properties)).toEqual(["$schema", ...CONFIGURED_COMMANDS]);
});

describe("the options of a file", () => {
  test("are used, and the file is named on standard error", async () => {
    const config = configFile({ check: { paths: [examplesFolder()], format: ["json"] }, watch: { once: true } });
    const { code, out, err } = await cli("check", "--config", config);

    expect(code).toBe(0);
    expect(JSON.parse(out).destinations).toHaveLength(2);
    expect(err).toBe(`options from ${config}\n`);
  });

  test("give way to those of the command line, and so do the paths", async () => {
    const config = configFile({ check: { paths: ["missing"], format: ["sarif"], failOn: "none", quiet: true } });
    const { out, err } = await cli("check", "--config", config, "--format", "json", "--fail-on", "medium", examplesFolder());

    expect(JSON.parse(out).schemaVersion).toBe(1);
    expect(err).toBe("");
  });

  test("are those of the working directory where no file is named, but for --no-config", async () => {
    const here = folder({ [CONFIG_FILE]: { check: { allowUnknown: true, quiet: true } } });
    vi.spyOn(process, "cwd").mockReturnValue(here);
    const path = examplesFolder({ kandji: dotted });

    expect((await cli("check", path)).code).toBe(0);
    expect((await cli("check", "--no-config", path)).code).toBe(3);
  });

  test("never make a broken expectation pass", async () => {
    const config = configFile({ check: { allowUnknown: true, failOn: "none" } });

    expect((await cli("check", "--config", config, examplesFolder({ kandji: versioned }))).code).toBe(1);
  });

  test.each<[string, unknown, RegExp]>([
    ["that is no JSON", "{", /^InvalidConfig: 'file' must hold JSON: /],
    ["that is a list", [], /^InvalidConfig: 'file' must be an object, got \[\]/],
    ["with a command that there is not", { deploy: {} }, /'deploy' must be one of check, validate, watch; see schemas/],
    ["with a misspelt command", { chek: {} }, /'chek' must be one of check, validate, watch; write 'check' \(at /],
    ["with a command in capitals", { Validate: {} }, /'Validate' must be one of check, validate, watch; write 'validate' \(at /],
    ["with an option outside its command", { failOn: "low" }, /'failOn' must be one of .*; write 'check\.failOn' \(at /],
    ["with the paths outside their command", { paths: ["."] }, /'paths' must be one of .*; write 'check\.paths' \(at /],
    [
      "with an option that there is not",
      { check: { "fail-on": "low" } },
      /'check\.fail-on' must be an option of the command.*; write 'check\.failOn' \(at /,
    ],
    ["with a member that every object has", { check: { toString: "low" } }, /'check\.toString' must be an option of the command/],
    ["with a text for a flag", { check: { quiet: "yes" } }, /'check\.quiet' must be true or false, got "yes"/],
    ["with a text for a list", { check: { accept: "a.json" } }, /'check\.accept' must be a list of texts/],
    ["with a flag for a text", { check: { pin: true } }, /'check\.pin' must be a text or a number/],
    ["with paths that are no list", { check: { paths: "." } }, /'check\.paths' must be a list of texts/],
    ["that writes the pin in every run", { check: { writePin: "pin.json" } }, /'check\.writePin' must be given on the command line/],
  ])("fail in a file %s", async (_, content, message) => {
    const { code, err } = await cli("check", "--config", configFile(content), examplesFolder());

    expect(err).toMatch(message);
    expect(code).toBe(2);
    if (typeof content === "object") expect(isConfig(content)).toBe(false);
  });

  test.each<[string, object, string[], string]>([
    [
      "outside its choices",
      { failOn: "hihg" },
      [],
      `InvalidConfig: 'check.failOn' must be one of high, medium, low, none, got "hihg"; write for example "failOn": "high"`,
    ],
    [
      "in a list",
      { format: ["jsn"] },
      [],
      `'check.format' must be one of text, json, sarif, junit, markdown, github, got "jsn"; write for example "format": ["text"]`,
    ],
    ["that is a file", { pin: "no.json" }, [], `UnreadableFile: 'check.pin' must name a file that can be read, got "no.json"`],
    ["beside an option", { pin: "no.json" }, ["--write-pin", "pin.json"], `it cannot be given with 'check.pin'`],
    [
      "of a kind of its own",
      { account: 1 },
      [],
      `InvalidConfig: 'check.account' must be a 12-digit account ID, got "1"; write for example "account": "123456789012"`,
    ],
  ])("name their member and the file where a value %s is wrong", async (_, check, argv, message) => {
    const config = configFile({ check });

    const { code, err } = await cli("check", "--config", config, ...argv, examplesFolder());

    expect(err).toContain(message);
    expect(err).toMatch(new RegExp(` \\(at ${config}\\)\n$`));
    expect(code).toBe(2);
  });

  test.each(
    Object.entries({ check: CHECK, validate: VALIDATE, watch: WATCH }).flatMap(([command, options]) =>
      Object.entries<ConfigurableOption>(options)
        .filter(([, { choices, placeholder }]) => choices !== undefined && placeholder !== "<file>")
        .map(([name, { repeatable }]) => [command, name, repeatable === true] as const),
    ),
  )("name the member where the word for %s.%s is none of its choices", async (command, name, isList) => {
    const contract = join(__dirname, "contracts", "kandji.json");
    const others = name === "accessMethod" ? { vendor: "kandji" } : command === "check" ? {} : { contract };
    const config = configFile({ [command]: { ...others, [name]: isList ? ["nonsense"] : "nonsense" } });

    const { code, err } = await cli(command, "--config", config, ...(command === "check" ? [examplesFolder()] : []));

    expect(err).toContain(`'${command}.${name}' must be one`);
    expect(err).toContain(` (at ${config})\n`);
    expect(code).toBe(2);
  });

  test("name the paths of the file where one cannot be read, and not those of the command line", async () => {
    const config = configFile({ check: { paths: ["missing"] } });

    const { err } = await cli("check", "--config", config);

    expect(err).toContain(`(at missing, of 'check.paths' in ${config})\n`);
    expect((await cli("check", "--config", config, "other")).err).toContain("(at other)\n");
  });

  test("keep an error about an option of the command line as it is", async () => {
    const config = configFile({ check: { failOn: "low", pin: "no.json" } });

    const { err } = await cli("check", "--config", config, "--fail-on", "hihg", examplesFolder());

    expect(err).toContain("InvalidOption: '--fail-on' must be one of");
    expect(err).toContain("write for example --fail-on high\n");
  });

  test("fail where the file is not there", async () => {
    const { code, err } = await cli("check", "--config", "missing.json", examplesFolder());

    expect(err).toContain("UnreadableFile: '--config' must name a file that can be read");
    expect(code).toBe(2);
  });

  test("that the program takes are those of the schema", () => {
    expect(isConfig({ check: { failOn: "low", format: ["sarif=a"], paths: ["."] }, validate: { timeoutSeconds: 60 } })).toBe(true);
  });
});
