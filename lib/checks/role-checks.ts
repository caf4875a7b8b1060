import * as errors from "../errors";
import { parseIamArn } from "../names";
import {
  externalIds,
  listOf,
  managedPolicyArn,
  objectWith,
  optional,
  optionalNarrowing,
  partition,
  principalArn,
  type Rules,
  roleDescription,
  roleName,
  rolePath,
  wholeNumber,
} from "../props";
import { isKnown } from "../tokens";
import { RESOURCE_RULES } from "./bucket-checks";
import { checkProps } from "./check-props";

/** The principals of an access method. */
export const PRINCIPALS_RULES: Rules = { principals: listOf(objectWith("a VendorPrincipal", "arn", "kind")) };

/** Options of a role, however it is defined. */
export const ROLE_OPTIONS_RULES: Rules = {
  roleName: optional(roleName),
  rolePath: optional(rolePath),
  permissionsBoundaryArn: optionalNarrowing(managedPolicyArn),
  validatorPrincipalArn: optional(principalArn),
};

/** Rules for `AssumedRoleOptions`. */
export const ASSUMED_ROLE_RULES: Rules = {
  ...PRINCIPALS_RULES,
  externalIds: optionalNarrowing(externalIds),
  ...ROLE_OPTIONS_RULES,
  maxSessionDurationSeconds: optional(wholeNumber(3600, 43_200)),
};

/** Rules that apply when the options are created. The construct, whose path a message can name, checks all values except the principals. */
export const GIVEN_ROLE_OPTIONS_RULES: Rules = {
  ...Object.fromEntries(Object.keys(ASSUMED_ROLE_RULES).map((name) => [name, { isOptional: true, check: () => undefined }])),
  ...PRINCIPALS_RULES,
};

/** Rules for `VendorRoleProps`. */
const ROLE_RULES: Rules = {
  ...ASSUMED_ROLE_RULES,
  partition: optional(partition),
  description: optional(roleDescription),
  ...RESOURCE_RULES,
};

interface RoleProps {
  readonly principals: readonly unknown[];
  readonly partition?: string;
  readonly validatorPrincipalArn?: string;
}

/** Throws if a prop of a role is known and wrong. */
export function checkRoleProps(props: RoleProps, at: string): void {
  checkProps(ROLE_RULES, props, at);
  const { principals, partition = "aws", validatorPrincipalArn: got } = props;
  if (principals.length === 0) throw errors.noPrincipals(at);
  if (isKnown(got) && isKnown(partition) && parseIamArn(got)!.partition !== partition) {
    throw errors.wrongPartition({ prop: "validatorPrincipalArn", got, at }, partition);
  }
}
