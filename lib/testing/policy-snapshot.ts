import { TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { showUnknown } from "../evaluate";
import { type PlannedPolicy, readConfiguration } from "../plan";
import { synthesizedJson } from "./synthesize";

/**
 * Every policy of a stack, or below a construct, small and canonical: neither the order of statements and values nor whether a value
 * stands alone or in a list makes a difference.
 *
 * Policies are found by the paths of their constructs, and what they refer to is named so, too: no hashes.
 */
export function policySnapshot(scope: IConstruct): string {
  const stack = TerraformStack.of(scope);
  const json = synthesizedJson(stack);
  const { buckets, roles } = readConfiguration(json, stack.node.path);
  const paths = constructPaths(json, stack.node.path);
  const named = (text: string) => showUnknown(text).replace(ADDRESS, (address) => paths.get(address) ?? address);
  const policies: [string, PlannedPolicy][] = [
    ...buckets.flatMap((bucket) => bucket.policies.map((policy): [string, PlannedPolicy] => ["bucket policy", policy])),
    ...roles.flatMap(({ trustPolicy, inlinePolicies, managedPolicies }): [string, PlannedPolicy][] => [
      ["trust policy", trustPolicy],
      ...inlinePolicies.map((policy): [string, PlannedPolicy] => ["inline policy", policy]),
      ...managedPolicies.map((policy): [string, PlannedPolicy] => ["managed policy", policy]),
    ]),
  ];
  const below = scope === stack ? "" : `${scope.node.path.slice(stack.node.path.length + 1)}/`;
  return policies
    .map(([kind, policy]) => ({ kind, policy, path: paths.get(policy.location.address ?? "") ?? policy.location.address ?? "" }))
    .filter(({ path }) => `${path}/`.startsWith(below))
    .map(({ kind, policy, path }) => [`${path} (${kind})`, ...printed(policy.document, named)])
    .map((lines) => lines.join("\n"))
    .sort()
    .join("\n\n");
}

/**
 * Prints a stack or a construct in snapshots by its policies: `expect.addSnapshotSerializer(policySerializer)`, in vitest and in jest.
 */
export const policySerializer = {
  test: (value: unknown): boolean =>
    Boolean(Construct.isConstruct(value)) && (value as IConstruct).node.scopes.some(TerraformStack.isStack),
  serialize: (value: unknown): string => policySnapshot(value as IConstruct),
};

const ADDRESS = /(?:data\.)?aws_\w+\.\w+/g;

/** The path of each resource's construct below the stack, by the resource's address. */
function constructPaths(json: unknown, stackPath: string): Map<string, string> {
  const { resource = {}, data = {} } = json as { resource?: Blocks; data?: Blocks };
  const paths = new Map<string, string>();
  for (const [prefix, types] of [
    ["", resource],
    ["data.", data],
  ] as const) {
    for (const [type, blocks] of Object.entries(types)) {
      for (const [name, { "//": comment }] of Object.entries(blocks)) {
        const path = comment?.metadata.path;
        if (path !== undefined) paths.set(`${prefix}${type}.${name}`, path.slice(stackPath.length + 1));
      }
    }
  }
  return paths;
}

/** Blocks by type and name. cdktf notes the construct's path in the comment of each. */
type Blocks = Record<string, Record<string, { "//"?: { metadata: { path: string } } }>>;

type Statement = Readonly<Record<string, unknown>>;

function printed(document: unknown, named: (text: string) => string): string[] {
  if (typeof document !== "object" || document === null) return [`  ${named(String(document))}`];
  const statements = [(document as { Statement?: Statement | Statement[] }).Statement ?? []].flat();
  return statements.map((statement) => printedStatement(statement, named)).sort();
}

/** One statement: its effect and Sid, then a line for each value. */
function printedStatement({ Effect, Sid, ...elements }: Statement, named: (text: string) => string): string {
  const head = [Effect, Sid].filter((part) => part !== undefined).join(" ");
  const lines = ELEMENTS.flatMap((element) => valuesOf(elements[element]).map((value) => `    ${element.padEnd(12)} ${named(value)}`));
  return [`  ${head}`, ...lines].join("\n");
}

const ELEMENTS = ["Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/** `["b", "a"]` as a and b; `{ "AWS": ["a"] }` as `AWS a`; conditions as `Bool aws:SecureTransport false`. */
function valuesOf(value: unknown): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(valuesOf).sort();
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value)
    .flatMap(([key, inner]) => valuesOf(inner).map((text) => `${key} ${text}`))
    .sort();
}
