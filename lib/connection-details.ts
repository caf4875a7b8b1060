import { TerraformOutput, type TerraformOutputConfig } from "cdktf";
import { Construct } from "constructs";
import { checkConnectionDetailsProps } from "./checks";
import { lazyValue, outputPrefix, snakeCase } from "./tokens";

/** One field of the vendor's form. */
export interface ConnectionField {
  /** Name of the field as the vendor's form shows it: `S3 Bucket Name`. */
  readonly label: string;
  /** What to enter. */
  readonly value: string;
}

/** What a set of connection details holds. */
export interface ConnectionDetailsProps {
  /** The vendor's form, for people: `Kandji, Amazon S3 Activity Log Integration`. */
  readonly form: string;
  /** The fields in the order of the form. */
  readonly fields: ConnectionField[];
}

/**
 * What to enter into the vendor's form once the stack is applied.
 *
 * Each field is a Terraform output: the construct's path in the stack and the field's name, in snake case
 * (`kandji_s3_bucket_name`), with the label of the form as description. `…_connection_details` holds all of them under the labels
 * themselves, and `…_connection_form` is a block of text to read: `terraform output -raw kandji_connection_form`.
 *
 * @example
 * import { ConnectionDetails } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * new ConnectionDetails(stack, "Acme", {
 *   form: "Acme, Log delivery",
 *   fields: [{ label: "Bucket", value: "acme-vendor-logs" }],
 * });
 */
export class ConnectionDetails extends Construct {
  /** The fields in the order of the form. */
  public readonly fields: ConnectionField[];
  /** The fields as a block of text, which may hold tokens. */
  public readonly text: string;
  /** Names of the outputs, by label. */
  public readonly outputNames: { [label: string]: string };

  public constructor(scope: Construct, id: string, props: ConnectionDetailsProps) {
    super(scope, id);
    checkConnectionDetailsProps(props, this.node.path);
    this.fields = props.fields;
    const width = Math.max(...props.fields.map(({ label }) => label.length));
    this.text = [props.form, ...props.fields.map(({ label, value }) => `  ${label.padEnd(width)}  ${value}`)].join("\n");

    const prefix = outputPrefix(this, "ConnectionDetails");
    this.outputNames = {};
    for (const { label, value } of props.fields) {
      const name = `${prefix}_${snakeCase(label)}`;
      this.outputNames[label] = name;
      this.output(snakeCase(label), name, { value, description: label });
    }
    const all = Object.fromEntries(props.fields.map(({ label, value }) => [label, value]));
    // As a token, because cdktf looks into an object by a function that Node.js 22 and newer warn of (DEP0044).
    const details = { value: lazyValue(() => all), description: `What to enter: ${props.form}` };
    this.output("connection_details", `${prefix}_connection_details`, details);
    const text = { value: this.text, description: `What to enter, as text: ${props.form}` };
    this.output("connection_form", `${prefix}_connection_form`, text);
  }

  private output(id: string, name: string, config: TerraformOutputConfig): void {
    new TerraformOutput(this, id, config).overrideLogicalId(name);
  }
}
