/**
 * Puts a synthesized stack into the emulator: by Terraform where its AWS provider can be had, otherwise by SDK calls that stand in
 * for the provider.
 *
 * The stand-in covers exactly the resource types that the library writes and fails on any other. It does not judge
 * preconditions, and it does not run the hook: `runHook` does, under Terraform itself.
 */
import type { Clients, Credentials } from "./clients";
import { resolveValue } from "./expressions";
import { type Attributes, COMMON_ARGUMENTS, onlyKnown, type Place, RESOURCE_TYPES } from "./resources";
import type { Emulator } from "./server";
import { type Hook, hookOf, inOrder, lookupIn, readStack, resourcesOf, type StackResource, type TerraformJson } from "./stack";

export type { Hook, TerraformJson } from "./stack";

export interface Applied {
  readonly by: "terraform" | "sdk";
  readonly json: TerraformJson;
  /** The stack's folder, where there is one. Its `assets` belong to the hook. */
  readonly folder: string | undefined;
  /** By address: `aws_s3_bucket.Kandji_Bucket`. */
  readonly attributes: ReadonlyMap<string, Attributes>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The `terraform_data` resources, resolved and not run. */
  readonly hooks: readonly Hook[];
  /** The attributes of the only resource of a type; fails if there is not exactly one. */
  only(type: string): Attributes;
  /** Removes everything in reverse order, with every object and version in the buckets. */
  destroy(): Promise<void>;
  /** Removes what lies on this machine; what was deployed ends with the emulator. */
  leave(): void;
}

export interface ApplyOptions {
  /** @default - the customer's root */
  readonly credentials?: Credentials;
}

const HOOK_TYPE = "terraform_data";

/** Applies a stack, given as its folder or as its parsed `cdk.tf.json`, through the SDK. What a failed apply has made is removed. */
export async function applyStack(stack: string | TerraformJson, emulator: Emulator, options: ApplyOptions = {}): Promise<Applied> {
  const folder = typeof stack === "string" ? stack : undefined;
  const json = typeof stack === "string" ? readStack(stack) : stack;
  const resources = resourcesOf(json);
  const unknown = resources.filter(({ type }) => type !== HOOK_TYPE && !Object.hasOwn(RESOURCE_TYPES, type));
  if (unknown.length > 0) throw new Error(`this test double does not know ${unknown.map(({ address }) => address).join(", ")}`);

  const credentials = options.credentials ?? emulator.customer.root;
  const attributes = new Map<string, Attributes>();
  const made: { resource: StackResource; place: Place }[] = [];
  const destroy = async () => {
    for (let last = made.pop(); last !== undefined; last = made.pop()) {
      const { address, type } = last.resource;
      await RESOURCE_TYPES[type]?.destroy?.(attributes.get(address)!, last.place);
    }
  };

  try {
    for (const resource of inOrder(resources)) {
      const lookup = lookupIn(json, attributes, folder ?? ".");
      if (resource.type === HOOK_TYPE) {
        attributes.set(resource.address, hookAttributes(resource, resolveValue(resource.body.input, lookup)));
        continue;
      }
      const args = argumentsOf(resource, (value) => resolveValue(value, lookup));
      const region = (args.region as string | undefined) ?? providerRegion(json);
      const place: Place = { ...clientsIn(region, emulator, credentials), region };
      const computed = await created(resource, args, place);
      attributes.set(resource.address, { ...blocksAsLists(args), ...computed });
      made.push({ resource, place });
    }
    return described({ by: "sdk", json, folder, attributes, destroy, leave: () => {} });
  } catch (error) {
    await destroy();
    throw error;
  }
}

/** A nested block is a list to Terraform, also where it is written as an object; of the arguments that the library writes, only tags are maps. */
function blocksAsLists(args: Attributes): Attributes {
  const isBlock = (name: string, value: unknown) => value !== null && typeof value === "object" && !Array.isArray(value) && name !== "tags";
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isBlock(name, value) ? [value] : value]));
}

/** The same view of a stack, whoever has applied it. */
export function described(applied: Pick<Applied, "by" | "json" | "folder" | "attributes" | "destroy" | "leave">): Applied {
  const { json, folder, attributes } = applied;
  const lookup = lookupIn(json, attributes, folder ?? ".");
  const outputs = Object.entries((json.output ?? {}) as Record<string, Attributes>);
  const hooks = resourcesOf(json).filter(({ type }) => type === HOOK_TYPE);
  return {
    ...applied,
    outputs: Object.fromEntries(outputs.map(([name, { value }]) => [name, resolveValue(value, lookup)])),
    hooks: hooks.map((hook) => hookOf(hook, (self) => lookupIn(json, attributes, folder ?? ".", self))),
    only(type) {
      const found = resourcesOf(json).filter((resource) => resource.type === type);
      if (found.length !== 1) throw new Error(`the stack has ${found.length} resources of type ${type}, not one`);
      return attributes.get(found[0]!.address)!;
    },
  };
}

export function hookAttributes({ address, body }: StackResource, input: unknown): Attributes {
  return { id: address, input, output: input, triggers_replace: body.triggers_replace };
}

function argumentsOf({ address, type, body }: StackResource, resolve: (value: unknown) => unknown): Attributes {
  onlyKnown(address, body, [...RESOURCE_TYPES[type]!.known, ...COMMON_ARGUMENTS]);
  const own = Object.entries(body).filter(([name, value]) => value !== null && (name === "region" || !COMMON_ARGUMENTS.includes(name)));
  return resolve(Object.fromEntries(own)) as Attributes;
}

async function created({ address, type }: StackResource, args: Attributes, place: Place): Promise<Attributes> {
  try {
    return await RESOURCE_TYPES[type]!.create(args, place);
  } catch (error) {
    const { name, message } = error as Error;
    throw Object.assign(new Error(`${address}: ${name}: ${message}`, { cause: error }), { name });
  }
}

const clientCache = new WeakMap<Emulator, Map<string, Clients>>();

function clientsIn(region: string, emulator: Emulator, credentials: Credentials): Clients {
  const cache = clientCache.get(emulator) ?? new Map<string, Clients>();
  clientCache.set(emulator, cache);
  const key = `${credentials.accessKeyId} ${region}`;
  const clients = cache.get(key) ?? emulator.clients(credentials, { region });
  cache.set(key, clients);
  return clients;
}

function providerRegion(json: TerraformJson): string {
  const providers = [(json.provider as Attributes | undefined)?.aws ?? []].flat() as Attributes[];
  const region = providers.find(({ alias }) => alias === undefined)?.region;
  return typeof region === "string" ? region : "us-east-1";
}
