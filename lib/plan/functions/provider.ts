/**
 * Functions of the provider hashicorp/aws.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_build
 */
import { counted, type Functions, fail, text } from "./arguments";

/** Joins its arguments, some of which may be unknown. */
export const ARN_BUILD: Functions = {
  "provider::aws::arn_build": counted(5, 5, (...sections) => ["arn", ...sections.map(text)].join(":")),
};

export const PROVIDER_FUNCTIONS: Functions = {
  "provider::aws::arn_parse": counted(1, 1, (value) => {
    const [partition, service, region, account_id, resource] = sectionsOf(text(value));
    return { account_id, partition, region, resource, service };
  }),
  "provider::aws::trim_iam_role_path": counted(1, 1, (value) => {
    const [partition, service, region, account, resource] = sectionsOf(text(value));
    if (service !== "iam" || region !== "" || !resource.startsWith("role/")) fail("the argument is not the ARN of a role");
    return `arn:${partition}:iam::${account}:role/${resource.slice(resource.lastIndexOf("/") + 1)}`;
  }),
};

type Sections = readonly [partition: string, service: string, region: string, account: string, resource: string];

function sectionsOf(arn: string): Sections {
  const [, ...sections] = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn) ?? fail("the argument is not an ARN");
  return sections as unknown as Sections;
}
