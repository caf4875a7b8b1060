/** The modules use what the AWS provider has: the classes of `@cdktf/provider-aws` are generated from the schema of version 6. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MODULES } from "../../scripts/terraform-modules/definitions";
import { files } from "./described";

const META_ARGUMENTS = ["count", "depends_on", "lifecycle"];

/** The arguments and attributes of a resource or data source. */
function schemaOf(kind: string, type: string): ReadonlySet<string> {
  const name = (kind === "data" ? `data_${type}` : type.replace("aws_", "")).replaceAll("_", "-");
  const [provided] = Object.values<any>(require(`@cdktf/provider-aws/lib/${name}`)).filter(({ tfResourceType }) => tfResourceType === type);
  const members = Object.getOwnPropertyNames(provided.prototype);
  return new Set(members.map((member) => member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
}

test.each(MODULES)("every argument and attribute in $name is in the schema", ({ name }) => {
  const main = files.get(`${name}/main.tf`)!;
  const text = main + files.get(`${name}/outputs.tf`)!;
  const blocks = [...main.matchAll(/^(resource|data) "(aws_\w+)" "this" \{\n([\s\S]*?)^\}/gm)];
  const used = blocks.flatMap(([, kind, type, body]) => {
    const own = [...body!.matchAll(/^ {2}(\w+)(?: +=| \{)/gm)].map(([, argument]) => argument!);
    const address = kind === "data" ? `data\\.${type}` : `(?<!data\\.)\\b${type}`;
    const read = [...text.matchAll(new RegExp(`${address}\\.this(?:\\[(?:\\*|0)\\])?\\.(\\w+)`, "g"))].map(([, attribute]) => attribute!);
    return [...own.filter((argument) => !META_ARGUMENTS.includes(argument)), ...read].map((member) => ({
      kind: kind!,
      type: type!,
      member,
    }));
  });

  expect(used.length).toBeGreaterThan(40);
  for (const { kind, type, member } of used) expect(schemaOf(kind, type), `${type}.${member}`).toContain(member);
});

test("the lower bound is not newer than the schema that was checked", () => {
  const classes = readFileSync(require.resolve("@cdktf/provider-aws/lib/s3-bucket"), "utf8");
  const [, schema] = /providerVersion: '6\.(\d+)\.\d+'/.exec(classes)!;
  const [, bound] = /version = ">= 6\.(\d+)\.0"/.exec(files.get("kandji/versions.tf")!)!;

  expect(Number(bound)).toBeLessThanOrEqual(Number(schema));
});
