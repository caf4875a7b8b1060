import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import * as errors from "../errors";
import { addWarning } from "./annotations";

/** A destination, with the settings that choose the credentials of Terraform and of the program. */
interface DeployedDestination {
  readonly destination: IConstruct;
  /** Absent for the stack's default AWS provider. */
  readonly provider?: TerraformProvider;
  readonly validation?: {
    readonly mode?: string;
    readonly awsProfile?: string;
    readonly assumeRoleArn?: string;
    readonly environment?: { readonly [name: string]: string };
  };
}

const destinationsOf = new WeakMap<IConstruct, DeployedDestination[]>();

/** Makes the app warn, once its tree is complete, if the program would act as a principal other than the one that deploys. */
export function checkDeployer(deployed: DeployedDestination): void {
  if (deployed.validation?.mode === "off") return;
  const { root } = deployed.destination.node;
  const others = destinationsOf.get(root);
  if (others) others.push(deployed);
  else destinationsOf.set(root, [deployed]);
}

/** Warns only once, even if the app is synthesized again. */
export function warnOfOtherDeployers(app: IConstruct): void {
  const constructs = new Set(app.node.findAll());
  const defaults = defaultProviders(constructs);
  for (const { destination, provider, validation } of destinationsOf.get(app) ?? []) {
    if (!constructs.has(destination)) continue;
    const found = provider ?? defaults.get(TerraformStack.of(destination));
    const credentials = found === undefined ? [] : credentialsOf(found);
    if (credentials.length === 0 || namesDeployer(validation)) continue;
    addWarning(destination, errors.otherDeployer(found!.node.path, credentials));
  }
  destinationsOf.delete(app);
}

function namesDeployer({ awsProfile, assumeRoleArn, environment = {} }: NonNullable<DeployedDestination["validation"]> = {}): boolean {
  const named = ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "VENDOR_DESTINATION_ASSUME_ROLE_ARN"].some((name) => name in environment);
  return awsProfile !== undefined || assumeRoleArn !== undefined || named;
}

/** The default AWS provider of each stack: found in one pass, however many destinations a stack has. */
function defaultProviders(constructs: Iterable<IConstruct>): Map<TerraformStack, TerraformProvider> {
  const found = new Map<TerraformStack, TerraformProvider>();
  for (const one of constructs) {
    if (!TerraformProvider.isTerraformProvider(one) || one.terraformResourceType !== "aws" || one.alias !== undefined) continue;
    const stack = TerraformStack.of(one);
    if (!found.has(stack)) found.set(stack, one);
  }
  return found;
}

/** The arguments of a provider that choose its credentials, by the properties of its class. */
const CREDENTIALS = {
  assumeRoleInput: "assume_role",
  assumeRoleWithWebIdentityInput: "assume_role_with_web_identity",
  profileInput: "profile",
  accessKeyInput: "access_key",
};

/** The arguments are read by name, because the provider's class takes seconds to load. */
function credentialsOf(provider: TerraformProvider): string[] {
  const inputs = provider as unknown as Record<string, unknown>;
  return Object.entries(CREDENTIALS).flatMap(([input, argument]) => (inputs[input] === undefined ? [] : [argument]));
}
