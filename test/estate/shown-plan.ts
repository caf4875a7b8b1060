/** Plans and states, as `terraform show -json` prints them, of a destination with some of its resources changed. */
import destination from "./variants/destination.tf.json";

/** Terraform JSON. The tests know its structure better than its type does. */
type Json = any;

/** A resource, with what Terraform does to it: it creates it unless `actions` says otherwise. */
export interface Shown {
  readonly type: string;
  readonly name: string;
  /** Empty for the root module. */
  readonly module?: string;
  readonly values?: Json;
  /** `true` in the place of each value that is known after apply. */
  readonly unknown?: Json;
  readonly before?: Json;
  readonly actions?: readonly string[];
  readonly deposed?: string;
  /** Arguments whose expressions are references. */
  readonly refs?: Json;
  /** Attributes that the configuration does not set. */
  readonly computed?: readonly string[];
  /** Whether the configuration no longer has it. */
  readonly unconfigured?: true;
  /** Members of its configuration beside the expressions. */
  readonly config?: Json;
}

export interface ShownPlan {
  /** Whether the destination exists and stays as it is. */
  readonly exists?: true;
  /** In place of the destination's resources of the same type and name, or beside them. */
  readonly resources: readonly Shown[];
  /** Resources of the destination that are not there, as `type.name`. */
  readonly without?: readonly string[];
  /** Members of the root module's configuration. */
  readonly root?: Json;
  /** Members of the plan. */
  readonly more?: Json;
}

const PROVIDER = "registry.terraform.io/hashicorp/aws";

/** The resources of the destination. Blocks are lists, as in plans. */
function destinationResources(exists: boolean): Shown[] {
  const types = Object.entries(destination.resource as Json);
  return types.flatMap(([type, byName]: [string, Json]) =>
    Object.entries(byName).map(([name, body]): Shown => {
      const values = withLists(body);
      const before =
        type === "aws_iam_role" ? { ...values, arn: "arn:aws:iam::111111111111:role/delivery", unique_id: "AROADELIVERY12345678" } : values;
      return { type, name, values, ...(exists && { actions: ["no-op"], before }) };
    }),
  );
}

function withLists(value: Json): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, typeof item === "object" && !Array.isArray(item) ? [withLists(item)] : item]),
  );
}

export function resourcesOf({ exists, resources, without = [] }: ShownPlan): Shown[] {
  const keyOf = ({ module = "", type, name }: Shown) => [...(module === "" ? [] : [module]), type, name].join(".");
  const given = new Map(resources.filter(({ deposed }) => deposed === undefined).map((each) => [keyOf(each), each]));
  const own = destinationResources(exists === true).filter((each) => !without.includes(keyOf(each)));
  const known = new Set(own.map(keyOf));
  return [...own.map((each) => given.get(keyOf(each)) ?? each), ...resources.filter((each) => !known.has(keyOf(each)))];
}

export function shownPlan(plan: ShownPlan): Json {
  const resources = resourcesOf(plan);
  const isGone = ({ actions = [] }: Shown) => actions.length === 1 && ["delete", "forget"].includes(actions[0]!);
  const within = (module: string) => resources.filter((each) => (each.module ?? "") === module && !isGone(each)).map(inValues);
  const modules = [...new Set(resources.flatMap(({ module }) => module ?? []))];
  const configured = resources.filter((each) => each.module === undefined && each.unconfigured === undefined);
  return {
    format_version: "1.2",
    terraform_version: "1.11.0",
    planned_values: {
      root_module: { resources: within(""), child_modules: modules.map((address) => ({ address, resources: within(address) })) },
    },
    resource_changes: resources.map((each) => changeOf(each, isGone(each))),
    configuration: {
      provider_config: { aws: { name: "aws", full_name: PROVIDER, expressions: expressionsIn(destination.provider.aws) } },
      root_module: { resources: configured.map(configurationOf), ...plan.root },
    },
    ...plan.more,
  };
}

/** A state of the same resources. */
export function shownState(plan: ShownPlan): Json {
  const arn = "arn:aws:iam::111111111111:role/delivery";
  const role = { arn, unique_id: "AROADELIVERY12345678" };
  const resources = resourcesOf(plan).map((each) =>
    each.name === "delivery" && each.type === "aws_iam_role" ? { ...each, values: { ...role, ...each.values } } : each,
  );
  return { format_version: "1.0", terraform_version: "1.11.0", values: { root_module: { resources: resources.map(inValues) } } };
}

function identityOf({ module, type, name }: Shown): Json {
  return {
    address: [...(module === undefined ? [] : [module]), type, name].join("."),
    mode: "managed",
    type,
    name,
    provider_name: PROVIDER,
  };
}

function inValues(shown: Shown): Json {
  return { ...identityOf(shown), values: shown.values ?? {} };
}

function changeOf(shown: Shown, isGone: boolean): Json {
  const { module, deposed, actions = ["create"], before = null, values, unknown = {} } = shown;
  return {
    ...identityOf(shown),
    ...(module !== undefined && { module_address: module }),
    ...(deposed !== undefined && { deposed }),
    change: { actions, before, after: isGone ? null : values, after_unknown: unknown },
  };
}

function configurationOf(shown: Shown): Json {
  const { values = {}, computed = [], refs = {}, config = {} } = shown;
  const set = Object.fromEntries(Object.entries(values).filter(([name]) => !computed.includes(name)));
  return { ...identityOf(shown), provider_config_key: "aws", expressions: { ...expressionsIn(set), ...refs }, ...config };
}

function expressionsIn(values: Json): Json {
  const isBlocks = (value: Json) => Array.isArray(value) && typeof value[0] === "object";
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, Json]) => [
      name,
      isBlocks(value) ? value.map(expressionsIn) : { constant_value: value },
    ]),
  );
}
