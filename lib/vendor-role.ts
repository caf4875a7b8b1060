import { createHash } from "node:crypto";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable, TerraformProvider, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import type { AcceptFindingOptions } from "./accept-finding";
import { checkedAcceptance, checkRoleProps } from "./checks";
import type { Acceptance } from "./contract";
import { VALIDATION_SESSION_NAME } from "./contract/terms";
import * as errors from "./errors";
import {
  allowValidatorToAssume,
  allowVendorToAssume,
  iamPolicySize,
  ROLE_INLINE_POLICIES_CHARACTERS,
  TRUST_POLICY_CHARACTERS,
} from "./policy";
import { isKnown, PolicyBuilder } from "./tokens";
import type { AssumedRoleOptions } from "./vendor-access";

/** Props of a vendor's role. */
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
   * Resources that must exist before the role.
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
 * A role in the customer's account that only the vendor's principals may assume.
 *
 * Its permissions are in one inline policy, which collects every grant.
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
  /** Name of the role: the literal name if one was given, otherwise Terraform's attribute. */
  public readonly roleName: string;

  /** What the destination of the role accepts. @internal */
  public readonly _acceptances: Acceptance[] = [];
  /** Whether a destination has defined the role. @internal */
  public _isOfDestination = false;
  private readonly permissions: PolicyBuilder;
  private readonly trust: PolicyBuilder;

  public constructor(scope: Construct, id: string, props: VendorRoleProps) {
    super(scope, id);
    checkRoleProps(props, this.node.path);
    const partition = props.partition ?? "aws";

    const arns = props.principals.map((principal) => principal.arn(partition));
    this.trust = new PolicyBuilder("trust", this);
    this.trust.add(allowVendorToAssume(arns, props.externalIds ?? []));
    if (props.validatorPrincipalArn !== undefined) {
      this.trust.add(allowValidatorToAssume(props.validatorPrincipalArn, VALIDATION_SESSION_NAME));
    }
    this.permissions = new PolicyBuilder("identity", this);

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
      policy: this.permissions.finalText,
      provider: props.provider,
    });
    for (const principal of props.principals) principal._check(partition, this.role, this.node.path);
    this.node.addValidation({ validate: () => [...this.emptyPolicyErrors(), ...this.policySizeErrors(), ...this.acceptanceErrors()] });
  }

  /**
   * Adds one statement to the role's inline policy.
   *
   * @param statement one statement in IAM's JSON grammar, with `Effect`, `Action` and `Resource`. Errors: an unknown element, a
   *   missing one, a `Sid` that is taken.
   */
  public addToPolicy(statement: { readonly [element: string]: any }): void {
    this.permissions.add(statement);
  }

  /**
   * Accepts a finding of `vendor-destination check` in the destination of this role.
   *
   * @param id as for `VendorDestination.acceptFinding`.
   * @param reason why the finding is accepted.
   * @param options what the acceptance is limited to.
   */
  public acceptFinding(id: string, reason: string, options?: AcceptFindingOptions): void {
    this._acceptances.push(checkedAcceptance(this, { id, reason, options }));
  }

  private acceptanceErrors(): string[] {
    const [acceptance] = this._acceptances;
    if (this._isOfDestination || acceptance === undefined) return [];
    return [errors.acceptanceOutsideDestination("role", acceptance.id, this.node.path)];
  }

  private emptyPolicyErrors(): string[] {
    return this.permissions.isEmpty ? [errors.emptyInlinePolicy(this.node.path)] : [];
  }

  private policySizeErrors(): string[] {
    const check = (name: string, policy: PolicyBuilder, limit: number) => {
      const size = iamPolicySize(policy.text);
      return size <= limit ? [] : [errors.policyTooLarge({ policy: name, limit, unit: "characters", size, at: this.node.path })];
    };
    return [
      ...check("trust policy", this.trust, TRUST_POLICY_CHARACTERS),
      ...check("inline policy", this.permissions, ROLE_INLINE_POLICIES_CHARACTERS),
    ];
  }
}

/**
 * A name that is known before the role exists, so that the vendor can be told: the vendor's ID and the bucket's name, at most 64
 * characters.
 */
export function defaultRoleName(vendorId: string, bucketName: string | undefined, ordinal: number): string | undefined {
  if (bucketName === undefined) return undefined;
  const name = `${vendorId}-${bucketName}${ordinal === 1 ? "" : `-${ordinal}`}`;
  if (name.length <= 64) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, 64 - 1 - hash.length)}-${hash}`;
}
