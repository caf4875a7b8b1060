import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { KandjiDestination, type KandjiDestinationProps, SixSenseDestination, type SixSenseDestinationProps } from "../../lib";

export type Attributes = Record<string, any>;

/** A synthesized stack. */
export class Synthesized {
  public constructor(public readonly json: Attributes) {}

  /** Every resource of a type. */
  public all(type: string): Attributes[] {
    return Object.values(this.json.resource?.[type] ?? {});
  }

  /** The only resource of a type; an error if there is not exactly one. */
  public only(type: string): Attributes {
    const found = this.all(type);
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
    return found[0]!;
  }

  public get bucketPolicy(): Attributes {
    return JSON.parse(this.only("aws_s3_bucket_policy").policy);
  }

  public get trustPolicy(): Attributes {
    return JSON.parse(this.only("aws_iam_role").assume_role_policy);
  }

  public get inlinePolicy(): Attributes {
    return JSON.parse(this.only("aws_iam_role_policy").policy);
  }

  /** The delivery contract. */
  public get contract(): Attributes {
    return this.only("terraform_data").input;
  }

  public get outputs(): Attributes {
    return this.json.output;
  }

  /** Conditions of every precondition, with their messages. */
  public get preconditions(): { condition: string; error_message: string }[] {
    return Object.values<Attributes>(this.json.resource).flatMap((resources) =>
      Object.values<Attributes>(resources).flatMap(({ lifecycle }) => lifecycle?.precondition ?? []),
    );
  }
}

/** An app with one stack `stack` that has an AWS provider. */
export function newStack(region = "eu-west-1"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region });
  return stack;
}

/** Synthesizes a stack, validations and aspects included. */
export function synthesize(stack: TerraformStack): Synthesized {
  return new Synthesized(JSON.parse(Testing.synth(stack, true)));
}

/** What a stack with the given constructs synthesizes to. */
export function synthesizedOf(build: (stack: TerraformStack) => void): Synthesized {
  const stack = newStack();
  build(stack);
  return synthesize(stack);
}

/** Every annotation below a stack, by level. */
export function annotationsOf(stack: TerraformStack, level: "info" | "warn" | "error"): string[] {
  return stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === `@cdktf/${level}`).map(({ data }) => data));
}

export const KANDJI: KandjiDestinationProps = {
  bucketName: "acme-kandji-activity",
  vendorAccountId: "222222222222",
  vendorRoleName: "kandji-activity",
};

export const SIX_SENSE: SixSenseDestinationProps = {
  bucketName: "acme.6sense.staging",
  vendorRoleArn: "arn:aws:iam::222222222222:role/6sense-common",
  region: "eu-west-1",
  dataPacks: { filePath: "data-packs" },
};

export function kandji(props: Partial<KandjiDestinationProps> = {}): Synthesized {
  return synthesizedOf((stack) => new KandjiDestination(stack, "Kandji", { ...KANDJI, ...props }));
}

export function sixSense(props: Partial<SixSenseDestinationProps> = {}): Synthesized {
  return synthesizedOf((stack) => new SixSenseDestination(stack, "SixSense", { ...SIX_SENSE, ...props }));
}

/** An app that synthesizes into a folder, as users have it. */
export function newApp(outdir: string): App {
  return new App({ outdir, skipValidation: false });
}
