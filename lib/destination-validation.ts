import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  AssetType,
  Fn,
  type ITerraformDependable,
  type LocalExecProvisioner,
  TerraformAsset,
  TerraformOutput,
  type TerraformResource,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { checkValidationProps } from "./checks";
import * as errors from "./errors";
import { templateParts } from "./policy";
import { attributeExpression, outputPrefix, TerraformData } from "./tokens";
import { joinAtUnknown } from "./unknown";

/** What happens after deploy. */
export enum ValidationMode {
  /** A failed validation fails `terraform apply`. */
  ENFORCE = "enforce",
  /** A failed validation is printed, and `terraform apply` goes on. */
  WARN = "warn",
  /** Nothing runs. The delivery contract is still part of the stack. */
  OFF = "off",
}

/** What happens after deploy if nothing failed but the validation could not prove every expectation. */
export enum OnUnknown {
  /** The same as for a broken expectation: an enforced validation fails `terraform apply`. */
  FAIL = "fail",
  /** The reason is printed, and `terraform apply` goes on. */
  WARN = "warn",
}

/** How a destination is validated after deploy. */
export interface ValidationOptions {
  /**
   * What happens after deploy.
   *
   * @default ValidationMode.ENFORCE
   */
  readonly mode?: ValidationMode;
  /**
   * What happens if nothing failed but something could not be proven: no network, no credentials, a time-out.
   *
   * It has no effect if the mode is WARN, because WARN never fails `terraform apply`.
   *
   * @default OnUnknown.FAIL
   */
  readonly onUnknown?: OnUnknown;
  /**
   * ARN of a role that the program assumes before it reads and tests: the role in `assume_role` of the provider, so that the program acts
   * as the principal that deploys.
   *
   * @default - the program acts with the credentials of the profile or the environment
   */
  readonly assumeRoleArn?: string;
  /**
   * Named AWS profile with the deployer's credentials, on the machine that runs Terraform.
   *
   * @default - the AWS credentials of the environment
   */
  readonly awsProfile?: string;
  /**
   * Named AWS profile with credentials of the vendor's principal, for a vendor or a test account that you own.
   *
   * @default - the program has no credentials of the vendor, and reports how it acts instead
   */
  readonly vendorAwsProfile?: string;
  /**
   * Longest wait, in seconds, until IAM has applied a change, and again until S3 has. 1 to 900.
   *
   * @default 120
   */
  readonly timeoutSeconds?: number;
  /**
   * Additional environment variables of the program, for example `AWS_ENDPOINT_URL`.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };
}

/** Props of a validation. */
export interface DestinationValidationProps extends ValidationOptions {
  /** The delivery contract, as JSON data. It may hold tokens. */
  readonly contract: any;
  /**
   * Values that make the validation run again when they change: policies and settings, as attributes of the resources.
   *
   * @default - only the contract and the program
   */
  readonly triggers?: { readonly [name: string]: string };
  /**
   * References of Terraform to resources or attributes, for example `aws_s3_bucket_policy.logs`: the validation runs again when Terraform
   * changes one in place, even if the change only undoes one that was made by hand.
   *
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
   * @default - none
   */
  readonly replaceTriggeredBy?: string[];
  /**
   * Resources that must exist before the validation.
   *
   * @default - the resources that the contract and the triggers refer to
   */
  readonly dependsOn?: ITerraformDependable[];
}

const PROGRAM_FOLDER = join(__dirname, "..", "program");

/**
 * Runs `vendor-destination validate` at the end of `terraform apply`, and again whenever a policy, a setting, the contract or the
 * program changes.
 *
 * The contract is the `input` of a `terraform_data`, so that the synthesized JSON, the plan and the state all hold it. The program
 * is one file beside the synthesized JSON: where Terraform runs it needs Node.js 20.9 or newer, and nothing is installed.
 *
 * @example
 * import { DestinationValidation, ValidationMode } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * declare const contract: any;
 * new DestinationValidation(stack, "Validation", { contract, mode: ValidationMode.WARN });
 */
export class DestinationValidation extends Construct {
  /** The `terraform_data` that holds the contract and runs the program. */
  public readonly resource: TerraformResource;
  /** Name of the Terraform output that holds the contract: `kandji_delivery_contract`. */
  public readonly contractOutputName: string;

  public constructor(scope: Construct, id: string, props: DestinationValidationProps) {
    super(scope, id);
    checkValidationProps(props, this.node.path);
    const mode = props.mode ?? ValidationMode.ENFORCE;
    const program = mode === ValidationMode.OFF ? undefined : programOf(this);
    const contract = fingerprint(props.contract);

    const command = program && `node "\${path.module}/${program.path}" validate`;
    this.resource = new TerraformData(this, "Resource", {
      input: props.contract,
      triggersReplace: { ...props.triggers, contract, ...(program && { program: program.assetHash }), mode },
      dependsOn: props.dependsOn,
      ...(props.replaceTriggeredBy && { lifecycle: { replaceTriggeredBy: props.replaceTriggeredBy } }),
      ...(command && { provisioners: [provisioner(command, environmentOf(props, mode), mode)] }),
    });
    this.contractOutputName = `${outputPrefix(this, "Validation")}_delivery_contract`;
    new TerraformOutput(this, "Contract", {
      value: `\${${attributeExpression(this.resource, "input")}}`,
      description: "The delivery contract, for vendor-destination validate and watch",
      // Otherwise every apply would print it; `terraform output -json` holds it nevertheless.
      sensitive: true,
    }).overrideLogicalId(this.contractOutputName);
  }
}

/** In WARN mode Terraform itself ignores a failure, since the program may not even start. The types of cdktf lack `onFailure`. */
function provisioner(command: string, environment: { [name: string]: string }, mode: ValidationMode): LocalExecProvisioner {
  const localExec = { type: "local-exec" as const, command, environment };
  return mode === ValidationMode.WARN ? Object.assign(localExec, { onFailure: "continue" }) : localExec;
}

function environmentOf(props: DestinationValidationProps, mode: ValidationMode): { [name: string]: string } {
  return {
    ...props.environment,
    VENDOR_DESTINATION_CONTRACT: "${jsonencode(self.input)}",
    ...(mode === ValidationMode.WARN && { VENDOR_DESTINATION_WARN_ONLY: "1" }),
    ...(props.onUnknown !== undefined && { VENDOR_DESTINATION_ON_UNKNOWN: props.onUnknown }),
    ...(props.assumeRoleArn !== undefined && { VENDOR_DESTINATION_ASSUME_ROLE_ARN: props.assumeRoleArn }),
    ...(props.awsProfile !== undefined && { AWS_PROFILE: props.awsProfile }),
    ...(props.vendorAwsProfile !== undefined && { VENDOR_DESTINATION_VENDOR_AWS_PROFILE: props.vendorAwsProfile }),
    ...(props.timeoutSeconds !== undefined && { VENDOR_DESTINATION_TIMEOUT_SECONDS: `${props.timeoutSeconds}` }),
  };
}

/** The program as an asset: one a stack, however many destinations there are. */
function programOf(scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const id = "VendorDestinationProgram";
  const existing = stack.node.tryFindChild(id);
  if (existing) return existing as TerraformAsset;
  const path = join(PROGRAM_FOLDER, "index.js");
  if (!existsSync(path)) throw errors.programMissing(path, scope.node.path);
  return new TerraformAsset(stack, id, { path, type: AssetType.FILE });
}

/**
 * A hash of what is known of the contract, and, as Terraform will know them, the values of the expressions in it.
 *
 * Worked out once and without resolving: cdktf would ask a lazy value for it several times.
 */
function fingerprint(contract: unknown): string {
  const expressions = new Set<string>();
  const known = JSON.stringify(contract, (_, value) => {
    if (Array.isArray(value) && Token.isUnresolved(value)) return keep(Fn.jsonencode(value));
    if (typeof value === "number" && Token.isUnresolved(value)) return keep(Fn.jsonencode(value));
    if (typeof value !== "string") return value;
    return joinAtUnknown(templateParts(value).map(({ text, isExpression }) => (isExpression ? keep(text) : text)));
  });
  function keep(expression: string): string {
    expressions.add(expression);
    return "";
  }
  return [createHash("sha256").update(known).digest("hex"), ...expressions].join(" ");
}
