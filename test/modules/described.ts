/** What a configuration describes, in a form in which a module and its construct are equal. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { readContract } from "../../lib/contract";
import { readEstate } from "../../lib/plan";
import { replaceUnknown } from "../../lib/unknown";
import { moduleFiles } from "../../scripts/terraform-modules/modules";
import { folder } from "../cli/run-program";

/** The Region of the provider. */
export const REGION = "eu-west-1";

export const files = moduleFiles();

/** A root module that calls a module with these arguments, in files of their own. */
export function called(name: string, args: object, change: (main: string) => string = (main) => main): string {
  const copied = Object.fromEntries(
    [...files].filter(([path]) => path.startsWith(`${name}/`) && /^[^/]+\/[^/]+\.tf$/.test(path)).map(([path, text]) => [path, text]),
  );
  copied[`${name}/main.tf`] = change(copied[`${name}/main.tf`]!);
  return folder({
    ...copied,
    "main.tf.json": { provider: { aws: { region: REGION } }, module: { destination: { source: `./${name}`, ...args } } },
  });
}

/** The stack of a construct, in a file of its own. */
export function stackOf(define: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(new App(), "stack");
  new AwsProvider(stack, "aws", { region: REGION });
  define(stack);
  return folder({ "cdk.tf.json": Testing.synth(stack) });
}

/** The contract, the bucket and the role in the files of a folder, without addresses and names of what is not known yet. */
export function described(path: string) {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => /\.tf(\.json)?$/.test(name));
  const estate = readEstate(names.map((name) => ({ path: join(path, name), bytes: readFileSync(join(path, name)) })));
  if (estate.contracts.length !== 1 || estate.buckets.length !== 1) throw new Error(`one destination must be in ${path}`);
  const { id: _, ...contract } = readContract(estate.contracts[0]!.contract, "test");
  const [bucket] = estate.buckets;
  const { name, arn, region, encryption, bucketKeyEnabled, versioning, objectOwnership, blockPublicAccess, kmsKeyId } = bucket!;
  const policies = (all: readonly { document: unknown }[]) => all.map(({ document }) => canonical(document));
  return plain({
    contract: withoutOrder(contract),
    problems: estate.problems.map(({ id }) => id),
    bucket: {
      ...{ name, arn, region, encryption, bucketKeyEnabled, versioning, objectOwnership, blockPublicAccess, kmsKeyId },
      policies: policies(bucket!.policies),
    },
    roles: estate.roles.map((role) => ({
      name: role.name,
      path: role.path,
      trust: canonical(role.trustPolicy.document),
      inline: policies(role.inlinePolicies),
      managed: role.managedPolicies.length,
      boundary: role.permissionsBoundary?.name,
    })),
  });
}

/**
 * What is not known yet has no name here, because modules and stacks name it differently. A module's ARN of the bucket is a reference, and
 * the reader takes the partition `aws` for it.
 */
function plain(value: unknown): any {
  const text = (item: string) => replaceUnknown(item, () => "(unknown)").replace(/^arn:[a-z-]+:s3:/, "arn:(partition):s3:");
  return JSON.parse(JSON.stringify(value), (_, item) => (typeof item === "string" ? text(item) : item));
}

/** A policy in which one word and a list of one are the same. */
function canonical(document: any): unknown {
  const list = (value: unknown) => (value === undefined ? undefined : [value].flat().sort());
  return {
    ...document,
    Statement: [document.Statement].flat().map((statement: any) => ({
      ...statement,
      Action: list(statement.Action),
      Resource: list(statement.Resource),
      ...(typeof statement.Principal === "object" && { Principal: { AWS: list(statement.Principal.AWS) } }),
      Condition: Object.fromEntries(
        Object.entries<any>(statement.Condition ?? {}).map(([operator, keys]) => [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, list(value)])),
        ]),
      ),
    })),
  };
}

/** Findings are accepted in whatever order they are listed. */
function withoutOrder({ accepted, ...contract }: any): object {
  return { ...contract, accepted: accepted.map((finding: object) => JSON.stringify(finding)).sort() };
}
