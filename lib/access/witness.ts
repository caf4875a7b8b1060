/** Turns a point of a box into a request that the evaluator can judge. */
import { ACTION, CALLER, type CallerClass, RESOURCE, SESSION, TIME, type World } from "./policies";
import { type Point, textOfCodes } from "./sets";
import type { Witness } from "./types";

/** The account of a canonical user about whom nothing else is known. */
const SOMEBODYS_ACCOUNT = "999999999999";
const DEFAULT_SESSION = "session";

export interface PointOfWorld {
  readonly point: Point;
  readonly caller: CallerClass;
  readonly world: World;
  /** The spelling of condition keys in the policies, by their names in lower case. */
  readonly keyNames: ReadonlyMap<string, string>;
}

export function witnessOf({ point, caller, world, keyNames }: PointOfWorld): Witness {
  const text = (attribute: string) => (point.get(attribute)?.[0] === undefined ? undefined : textOfCodes(point.get(attribute)![0]!));
  const called = text(CALLER)!;
  const session = point.has(SESSION) ? sessionName(point, text(SESSION)) : DEFAULT_SESSION;
  const context: Record<string, string | readonly string[]> = {};
  for (const [attribute, values] of point) {
    if (values.length === 0 || !attribute.includes(":")) continue;
    const texts = values.map(textOfCodes);
    context[keyNames.get(attribute) ?? attribute] = texts.length === 1 ? texts[0]! : texts;
  }
  const time = text(TIME);
  if (time !== undefined) {
    delete context[TIME];
    context["aws:CurrentTime"] = time;
    context["aws:EpochTime"] = String(Math.floor(Date.parse(time) / 1000));
  }
  return {
    ...identityOf(caller, called, { session, context, world }),
    action: text(ACTION)!,
    resource: text(RESOURCE)!,
    ...(world.account === undefined ? {} : { resourceAccount: world.account }),
    context,
  };
}

/** The search finds two equal letters where any name will do. A name that a policy requires stays. */
function sessionName(point: Point, found: string | undefined): string {
  return found === undefined || (point.get(SESSION)![0]!.length === 2 && /^([a-zA-Z])\1$/.test(found)) ? DEFAULT_SESSION : found;
}

interface IdentityContext {
  readonly session: string;
  readonly context: Record<string, string | readonly string[]>;
  readonly world: World;
}

/** The principal, and the keys that it determines. */
function identityOf(
  caller: CallerClass,
  called: string,
  { session, context, world }: IdentityContext,
): Pick<Witness, "principal" | "principalAccount"> {
  const name = called.slice(called.indexOf(":") + 1);
  switch (caller.kind) {
    case "anonymous":
      return { principal: "*" };
    case "service":
      context["aws:PrincipalServiceName"] = name;
      return { principal: name };
    case "federated":
      return { principal: name };
    case "canonical":
      return { principal: name, principalAccount: SOMEBODYS_ACCOUNT };
    case "originAccessIdentity":
      return { principal: called };
    default:
      return accountIdentity(called, { session, context, world });
  }
}

function accountIdentity(arn: string, { session, context, world }: IdentityContext): Pick<Witness, "principal" | "principalAccount"> {
  const match = /^arn:([^:]*):(?:iam|sts)::([^:]*):([^/]*)\/?(.*)$/s.exec(arn);
  if (match === null) return { principal: arn };
  const [, partition, account, type, rest] = match as unknown as [string, string, string, string, string];
  context["aws:PrincipalArn"] = arn;
  context["aws:PrincipalAccount"] = account;
  context["aws:PrincipalType"] = PRINCIPAL_TYPES[type] ?? "AssumedRole";
  const last = rest.split("/").at(-1)!;
  if (type === "user") context["aws:username"] = last;
  const principal = type === "role" ? `arn:${partition}:sts::${account}:assumed-role/${last}/${session}` : arn;
  return { principal, ...(account === world.account ? {} : { principalAccount: account }) };
}

const PRINCIPAL_TYPES: Readonly<Record<string, string>> = {
  root: "Account",
  user: "User",
  role: "AssumedRole",
  "federated-user": "FederatedUser",
};
