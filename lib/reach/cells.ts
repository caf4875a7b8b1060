/** Whether an actor of a contract can make a request, over all keys of its folder and all callers that the actor stands for. */
import { type Extent, extentOf, type Proof, proveNobody, QuestionError, type RequestSet, type Witness, type World } from "../access";
import {
  type Actor,
  accountNamedBy,
  type DeliveryContract,
  type Expectation,
  isAssuming,
  showOwnAccount,
  substituteOwnAccount,
} from "../contract";
import { PolicyGrammarError } from "../evaluate";
import type { AccountModel } from "../plan";
import { bucketWorlds, type Facts, factsOf, grantedRequests, trustWorld } from "../proof";
import { hasUnknown } from "../unknown";

export interface ActorAccess {
  readonly extent: Extent["extent"] | "notAsked";
  /** For `some`: which requests, or by whom. */
  readonly words: readonly string[];
}

type Request = Pick<Expectation, "action" | "resource" | "context">;

export interface AccessQuestion {
  readonly contract: DeliveryContract;
  readonly actor: Actor;
  readonly request: Request;
  /** Whether the question is about requests that the contract does not grant to the vendor. */
  readonly isBeyondGrant?: boolean;
}

const NOT_TOLD: ActorAccess = { extent: "couldNotTell", words: [] };

/** Never throws. Requests to other buckets concern only the vendor, so the question is not asked for other actors. */
export function actorAccess(
  { contract, actor, request, isBeyondGrant = false }: AccessQuestion,
  model: AccountModel,
  neighbours: readonly DeliveryContract[] = [],
): ActorAccess {
  const resource = substituteOwnAccount(request.resource);
  const bucketArn = substituteOwnAccount(contract.bucket.arn);
  if (!isAssuming(request.action) && resource !== bucketArn && !resource.startsWith(`${bucketArn}/`))
    return { extent: "notAsked", words: [] };
  try {
    const facts = factsOf(contract, model, neighbours);
    const worlds = worldsFor(request, facts);
    const answers = worlds.map((world) => answer({ actor, isBeyondGrant, request: { ...request, resource }, facts, world }));
    const [first = NOT_TOLD] = answers;
    return answers.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : NOT_TOLD;
  } catch (error) {
    if (error instanceof PolicyGrammarError || error instanceof QuestionError) return NOT_TOLD;
    throw error;
  }
}

function worldsFor({ action }: Request, facts: Facts): readonly World[] {
  if (isAssuming(action)) return facts.role === undefined ? [] : [trustWorld(facts.role).world];
  return facts.isRoleAssumed && facts.role === undefined ? [] : bucketWorlds(facts).map(({ world }) => world);
}

interface Asked {
  readonly actor: Actor;
  readonly isBeyondGrant: boolean;
  readonly request: Request;
  readonly facts: Facts;
  readonly world: World;
}

function answer({ actor, isBeyondGrant, request, facts, world }: Asked): ActorAccess {
  const { action, resource, context } = request;
  // The contract is about the vendor's prefix. A reader of the matrix wants to know about the whole bucket.
  const key = actor !== "vendor" && action.startsWith("s3:Get") ? resource.indexOf("/") : resource.lastIndexOf("/");
  const given = Object.entries(context).filter(([key]) => key !== "sts:ExternalId");
  const requests: RequestSet = {
    actions: [action],
    resources: [isAssuming(action) ? facts.role!.arn : key === -1 ? resource : `${resource.slice(0, key + 1)}*`],
    context: { "aws:SecureTransport": "true", ...Object.fromEntries(given) },
  };
  if (actor !== "vendor") return accessOfOthers(requests, actor, { facts, world, isTrust: isAssuming(action) });
  const { callers } = facts;
  const plain = Object.fromEntries(
    Object.entries(facts.keys[action] ?? {}).flatMap(([key, fact]) => (fact === "absent" || fact === "chosen" ? [[key, null]] : [])),
  );
  const organization = isAssuming(action) ? facts.vendorOrganization : facts.callerOrganization;
  const ofVendor: RequestSet = {
    ...requests,
    callers: isAssuming(action) ? callers.assuming : callers.requesting,
    context: {
      ...plain,
      ...requests.context,
      ...(isAssuming(action) && idOf(facts)),
      ...(organization !== undefined && { "aws:PrincipalOrgID": organization }),
    },
  };
  if (isBeyondGrant)
    return someOf(
      proveNobody({ world, requests: ofVendor, permitted: grantedRequests(facts) }),
      ({ resource }) => `for example ${resource}`,
    );
  const { extent, words } = extentOf({ world, requests: ofVendor });
  return { extent, words: words.map(showOwnAccount) };
}

function idOf({ externalIds }: Facts): NonNullable<RequestSet["context"]> {
  return externalIds.length === 0 ? {} : { "sts:ExternalId": externalIds };
}

interface Place {
  readonly facts: Facts;
  readonly world: World;
  readonly isTrust: boolean;
}

/** All callers that the actor stands for. */
function accessOfOthers(requests: RequestSet, actor: Actor, place: Place): ActorAccess {
  const { world } = place;
  const sets = setsOf(actor, requests, place);
  return someOf(proveNobody({ world, ...sets }), ({ principal }) => `by ${principal}`);
}

function someOf({ outcome, witness }: Proof, wordsOf: (witness: Witness) => string): ActorAccess {
  if (outcome === "proved") return { extent: "cannot", words: [] };
  if (outcome !== "broken") return NOT_TOLD;
  return { extent: "some", words: [showOwnAccount(wordsOf(witness!))] };
}

function setsOf(actor: Actor, requests: RequestSet, { facts, isTrust }: Place): { requests: RequestSet; permitted: readonly RequestSet[] } {
  const { vendorPrincipals, role, bucket, neighbours } = facts;
  const accounts = [...new Set(vendorPrincipals.map(accountNamedBy))].filter((account) => !hasUnknown(account));
  const vendor: RequestSet = { callers: vendorPrincipals };
  switch (actor) {
    case "vendorWithoutExternalId":
      return isTrust
        ? { requests: { ...requests, callers: vendorPrincipals }, permitted: [{ context: idOf(facts) }] }
        : { requests: { ...requests, callers: vendorPrincipals }, permitted: [] };
    case "strangerInVendorAccount":
      return { requests: { ...requests, callers: accounts }, permitted: [vendor] };
    case "anonymous":
      return { requests: { ...requests, callers: ["anonymous"] }, permitted: [] };
    default: {
      const own = [isTrust ? undefined : bucket?.account, role?.account].filter((account) => account !== undefined);
      const known = [...own, ...accounts, ...vendorPrincipals, ...neighbours.flatMap(({ callers }) => callers)];
      return {
        requests,
        permitted: [...known.map((caller) => ({ callers: [caller] })), { callers: ["services"] }, { callers: ["anonymous"] }],
      };
    }
  }
}
