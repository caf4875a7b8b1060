import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable, TerraformProvider, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { VALIDATION_SESSION_NAME } from "./contract";
import * as errors from "./errors";
import {
  allowValidatorToAssume,
  allowVendorToAssume,
  brokenExternalIdRule,
  brokenRoleNameRule,
  brokenRolePathRule,
  iamPolicySize,
  parseIamArn,
  ROLE_INLINE_POLICIES_CHARACTERS,
  TRUST_POLICY_CHARACTERS,
} from "./policy";
import { isKnown, PolicyBuilder } from "./tokens";
import type { AssumedRoleOptions } from "./vendor-access";

/** What can be set on a vendor's role. */
export interface VendorRoleProps extends AssumedRoleOptions {
  /**
   * Partition of the role: `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`.
   *
   * @default "aws"
   */
  readonly partition?: string;
  /**
   * Description of the role.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Tags of the role.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };
  /**
   * Provider of the role and its policy.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
  /**
   * What must be there before the role.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Terraform's lifecycle of the role itself.
   *
   * @default - Terraform's
   */
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * A role in the customer's account that the vendor's principals may assume, and nobody else.
 *
 * What it may do stands in one inline policy, gathered from every grant.
 *
 * @example
 * import { VendorPrincipal, VendorRole } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * const role = new VendorRole(stack, "Role", {
 *   roleName: "acme-delivery",
 *   principals: [VendorPrincipal.roleArn("arn:aws:iam::444455556666:role/delivery")],
 * });
 * role.addToPolicy({ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-vendor-logs/*" });
 */
export class VendorRole extends Construct {
  /** The role. */
  public readonly role: IamRole;
  /** Its inline policy. */
  public readonly inlinePolicy: IamRolePolicy;
  /** ARN of the role, as Terraform's attribute: its account is known after apply. */
  public readonly roleArn: string;
  /** Name of the role: literal where it was given so, else Terraform's attribute. */
  public readonly roleName: string;

  private readonly gathered: PolicyBuilder;
  private readonly trust: PolicyBuilder;

  public constructor(scope: Construct, id: string, props: VendorRoleProps) {
    super(scope, id);
    const partition = props.partition ?? "aws";
    checkRoleProps(props, partition, this.node.path);

    const arns = props.principals.map((principal) => principal.arn(partition));
    this.trust = new PolicyBuilder("trust", this);
    this.trust.add(allowVendorToAssume(arns, props.externalIds ?? []));
    if (props.validatorPrincipalArn !== undefined) {
      this.trust.add(allowValidatorToAssume(props.validatorPrincipalArn, VALIDATION_SESSION_NAME));
    }
    this.gathered = new PolicyBuilder("identity", this);

    this.role = new IamRole(this, "Resource", {
      name: props.roleName,
      path: props.rolePath,
      description: props.description,
      assumeRolePolicy: this.trust.finalText,
      permissionsBoundary: props.permissionsBoundaryArn,
      maxSessionDuration: props.maxSessionDurationSeconds,
      tags: props.tags,
      provider: props.provider,
      dependsOn: props.dependsOn,
      lifecycle: props.lifecycle,
    });
    this.roleArn = this.role.arn;
    this.roleName = isKnown(props.roleName) ? props.roleName : this.role.name;
    this.inlinePolicy = new IamRolePolicy(this, "Policy", {
      name: "vendor-delivery",
      role: this.role.name,
      policy: this.gathered.finalText,
      provider: props.provider,
    });
    for (const principal of props.principals) principal._check(partition, this.role, this.node.path);
    this.node.addValidation({ validate: () => [...this.emptyPolicyErrors(), ...this.policySizeErrors()] });
  }

  /**
   * Adds one statement to the role's inline policy.
   *
   * @param statement one statement in IAM's JSON grammar, with `Effect`, `Action` and `Resource`. Errors: an unknown element, a
   *   missing one, a `Sid` that is taken.
   */
  public addToPolicy(statement: { readonly [element: string]: any }): void {
    this.gathered.add(statement);
  }

  private emptyPolicyErrors(): string[] {
    return this.gathered.isEmpty ? [errors.emptyInlinePolicy(this.node.path)] : [];
  }

  private policySizeErrors(): string[] {
    const check = (name: string, policy: PolicyBuilder, limit: number) => {
      const size = iamPolicySize(policy.text);
      return size <= limit ? [] : [errors.policyTooLarge(name, limit, "characters", size, this.node.path).message];
    };
    return [
      ...check("trust policy", this.trust, TRUST_POLICY_CHARACTERS),
      ...check("inline policy", this.gathered, ROLE_INLINE_POLICIES_CHARACTERS),
    ];
  }
}

function checkRoleProps(props: VendorRoleProps, partition: string, at: string): void {
  const { roleName, rolePath, externalIds = [], permissionsBoundaryArn, validatorPrincipalArn, maxSessionDurationSeconds } = props;
  if (props.principals.length === 0) throw errors.noPrincipals(at);
  if (isKnown(roleName)) {
    const rule = brokenRoleNameRule(roleName);
    if (rule) throw errors.invalidRoleName("roleName", rule, roleName, at);
  }
  if (isKnown(rolePath)) {
    const rule = brokenRolePathRule(rolePath);
    if (rule) throw errors.invalidRolePath(rule, rolePath, at);
  }
  for (const externalId of isKnown(externalIds) ? externalIds : []) {
    const rule = isKnown(externalId) ? brokenExternalIdRule(externalId) : undefined;
    if (rule) throw errors.invalidExternalId(rule, at, externalIds.length);
  }
  if (isKnown(permissionsBoundaryArn) && !/^arn:[a-z-]+:iam::(\d{12}|aws):policy\/.+$/.test(permissionsBoundaryArn)) {
    throw errors.invalidArn("permissionsBoundaryArn", "the ARN of a managed policy", permissionsBoundaryArn, at);
  }
  if (isKnown(validatorPrincipalArn)) {
    const parsed = parseIamArn(validatorPrincipalArn);
    if (!parsed)
      throw errors.invalidArn("validatorPrincipalArn", "the ARN of an IAM role, user or account root", validatorPrincipalArn, at);
    if (isKnown(partition) && parsed.partition !== partition) {
      throw errors.wrongPartition("validatorPrincipalArn", partition, validatorPrincipalArn, at);
    }
  }
  const seconds = maxSessionDurationSeconds;
  if (isKnown(seconds) && !(Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43200)) {
    throw errors.malformedNumber("maxSessionDurationSeconds", "must be a whole number from 3600 to 43200", seconds, at);
  }
}
