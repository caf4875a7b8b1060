import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AssetType, Fn, type ITerraformDependable, TerraformAsset, type TerraformResource, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { checkValidationProps } from "./checks";
import * as errors from "./errors";
import { templateParts } from "./policy";
import { TerraformData } from "./tokens";
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

/** How a destination is validated after deploy. */
export interface ValidationOptions {
  /**
   * What happens after deploy.
   *
   * @default ValidationMode.ENFORCE
   */
  readonly mode?: ValidationMode;
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
      ...(command && { provisioners: [{ type: "local-exec", command, environment: environmentOf(props, mode) }] }),
    });
  }
}

function environmentOf(props: DestinationValidationProps, mode: ValidationMode): { [name: string]: string } {
  return {
    ...props.environment,
    VENDOR_DESTINATION_CONTRACT: "${jsonencode(self.input)}",
    ...(mode === ValidationMode.WARN && { VENDOR_DESTINATION_WARN_ONLY: "1" }),
    ...(props.awsProfile !== undefined && { AWS_PROFILE: props.awsProfile }),
    ...(props.vendorAwsProfile !== undefined && { VENDOR_DESTINATION_VENDOR_PROFILE: props.vendorAwsProfile }),
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
