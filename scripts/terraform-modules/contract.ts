/** Parts of the delivery contract that follow from the variables of a module. */
import { PARTITIONS, partitionOf } from "../../lib/policy";
import { type Body, Expression, expression, inline } from "./hcl";

/** Partitions by the beginning of their Regions. */
const OTHER_PARTITIONS = PARTITIONS.filter((partition) => partition !== "aws").map((partition) => {
  const prefix = `${partition.replace("aws-", "")}-`;
  if (partitionOf(`${prefix}east-1`) !== partition) throw new Error(`no Region of ${partition} begins with ${prefix}`);
  return [prefix, partition] as const;
});

/** Members that are there under a condition only. */
export interface OptionalMembers {
  readonly unless: string;
  readonly members: Body;
}

/** An object, some of whose members are there under a condition only. */
export function withOptional(members: Body, optional: readonly OptionalMembers[]): Expression {
  const parts = optional.map(({ unless, members: some }) => `${unless} ? {} : ${inline(some)}`);
  return new Expression(`merge(${[expression(members), ...parts].join(", ")})`);
}

/** The Region, which a contract holds where it was chosen. */
export const REGION_GIVEN: OptionalMembers = { unless: "var.region == null", members: { region: "${var.region}" } };

export const VALIDATOR = (validator: unknown): OptionalMembers => ({
  unless: "var.validator_principal_arn == null",
  members: { validator },
});

/** What the vendor's documentation makes unavoidable, with a dot in the bucket's name, which only Terraform knows. */
export function acceptedFindings(accepted: unknown, { vendorName, documentation }: Readonly<Record<string, string>>): Expression {
  const dotted = { code: "R-dot", reason: `the bucket's name has a dot, which ${vendorName} does not refuse`, source: documentation };
  return new Expression(`concat(${expression(accepted)}, replace(var.bucket_name, ".", "") == var.bucket_name ? [] : ${inline([dotted])})`);
}

/** The partition: as given, else that of the Region. */
export const PARTITION: Readonly<Record<string, Expression>> = {
  region_partition: new Expression(
    `var.region == null ? null : ${OTHER_PARTITIONS.map(([prefix, partition]) => `startswith(var.region, "${prefix}") ? "${partition}"`).join(" : ")} : "aws"`,
  ),
  partition: new Expression('coalesce(var.partition, local.region_partition, "aws")'),
};

/** Prefixes of the deliveries that have a path. */
export const keyPrefixes = (paths: string, folder = "") =>
  new Expression(`[for path in ${paths} : "\${trimsuffix(path, "/")}/${folder}" if path != ""]`);
