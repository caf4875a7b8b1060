/** Who makes the requests of a contract, and what AWS would know about each request. */
import { memoize, OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME, type PossibleValue, type PossibleValues, type RequestContext } from "../evaluate";
import { unknownText } from "../unknown";
import { type CallerKind, knowledgeOf, possibleValuesOf } from "./condition-keys";
import { OWN_ACCOUNT, substituteOwnAccount } from "./own-account";
import { accountNamedBy, accountOf, isWholeAccount } from "./principals";
import { type RequestKind, requestContext } from "./request-context";
import type { Actor, DeliveryContract, Expectation } from "./types";

const ENCRYPTION_KEY = "s3:x-amz-server-side-encryption";

const BUCKET_ACCOUNT = unknownText("whether the bucket is in the account of the role");

/** An external ID that is not of the contract. No unknown value turns out to be this text. */
const OTHER_EXTERNAL_ID = OUTSIDE_ROLE_NAME;

/** What a plan shows about bucket and role besides their policies. */
export interface CallerFacts {
  /** The account of the bucket: 12 digits, or anything else if it is not known. */
  readonly bucketAccount?: string;
  /** The Region of the bucket, where the contract has none. */
  readonly region?: string;
  /** Whether the bucket and the role may be in different accounts. */
  readonly mayDiffer?: boolean;
  /** The tags of the role, with keys in lower case; undefined where they are not known. */
  readonly roleTags?: Readonly<Record<string, string>>;
  /** `AROA…`, or a placeholder. */
  readonly roleUniqueId?: string;
  /** Whether the trust policy may let the vendor pass session tags, which replace the role's. */
  readonly passesTags?: boolean;
  /** The tags by which AWS decides about requests to the bucket, with keys in lower case; undefined where they are not known. */
  readonly bucketTags?: Readonly<Record<string, string>>;
  /** IDs of the customer's and of the vendor's organization, as far as they are known. */
  readonly organizations?: { readonly own?: string; readonly vendor?: string };
}

/** Contexts by `assumes` and `overHttp`, then by actor, then by principal. */
type Contexts = Map<Actor, Map<string, RequestContext>>[];

/** All contracts of an account and region share the contexts of strangers, and the evaluator reads each context once. */
const contextsOf = memoize((): Contexts => [new Map(), new Map(), new Map(), new Map()]);

/** Principals whose contexts are kept. */
const MOST_PRINCIPALS = 2000;

/**
 * The callers of one contract: for each actor of its expectations, the principals that stand for it and the context of their requests.
 *
 * A stranger is a made-up role in another account. The vendor is the principal that the contract names, and at the bucket the role that
 * it assumes.
 */
export class Callers {
  /** The customer's account, 12 digits: from the role's ARN if that is known, otherwise the bucket's account. */
  public readonly account: string;
  /** The account of the bucket. It differs from `account` only if both are known. */
  private readonly bucketAccount: string;
  private readonly roleArn: string | undefined;
  private readonly vendorPrincipals: readonly string[];
  /** By actor: for requests to the bucket, and for requests that assume the role. */
  private readonly principals: readonly Map<Actor, readonly string[]>[] = [new Map(), new Map()];
  private readonly contexts: Contexts;

  public constructor(
    private readonly contract: DeliveryContract,
    private readonly facts: CallerFacts = {},
  ) {
    this.roleArn = contract.role && arnOrName(contract.partition, contract.role);
    const knownBucketAccount = accountOf(facts.bucketAccount ?? "");
    this.account = accountOf(this.roleArn ?? "") ?? knownBucketAccount ?? OWN_ACCOUNT;
    this.bucketAccount = this.account === OWN_ACCOUNT ? OWN_ACCOUNT : (knownBucketAccount ?? this.account);
    this.vendorPrincipals = substituteOwnAccount(contract.vendorPrincipals);
    this.contexts = contextsOf(
      JSON.stringify([this.account, this.bucketAccount, contract.bucket.region ?? facts.region, facts.roleUniqueId]),
    );
  }

  /** The account that owns the role or the bucket; a placeholder where that may be the caller's account or another one. */
  public ownerOf(assumes: boolean, actor?: Actor): string {
    if (this.facts.mayDiffer && !assumes && actor === "vendor" && this.roleArn !== undefined) return BUCKET_ACCOUNT;
    return assumes ? this.account : this.bucketAccount;
  }

  /** The principals that stand for the actor. The expectation must hold for each of them. */
  public principalsOf(actor: Actor, assumes: boolean): readonly string[] {
    const known = this.principals[assumes ? 1 : 0]!;
    let found = known.get(actor);
    if (found === undefined) {
      found = this.findPrincipals(actor, assumes);
      known.set(actor, found);
    }
    return found;
  }

  private findPrincipals(actor: Actor, assumes: boolean): readonly string[] {
    const { vendorPrincipals } = this;
    const { partition } = this.contract;
    switch (actor) {
      case "vendor":
      case "vendorWithoutExternalId":
        return this.roleArn !== undefined && !assumes
          ? [this.roleArn]
          : vendorPrincipals.map((principal) => callerFor(principal, partition));
      case "strangerInVendorAccount":
        return [...new Set(vendorPrincipals.map(accountNamedBy))].map((account) => arnOfRole(partition, account, OUTSIDE_ROLE_NAME));
      case "strangerAccount": {
        const known = [this.account, this.bucketAccount, ...vendorPrincipals.map(accountOf)];
        return [arnOfRole(partition, OUTSIDE_ACCOUNTS.find((account) => !known.includes(account))!, OUTSIDE_ROLE_NAME)];
      }
      case "anonymous":
        return ["*"];
    }
  }

  /**
   * The contexts that AWS would set for the request: the keys of the expectation, and those of every request. More than one where the
   * expectation must hold for each: every external ID of the contract, or a missing one and a wrong one.
   */
  public contextsOf({ actor, context }: Expectation, assumes: boolean, principal: string): readonly RequestContext[] {
    const overHttp = context["aws:SecureTransport"] === "false";
    const common = this.commonContext({ actor, assumes, overHttp, principal });
    for (const key in context) if (common[key] !== context[key]) return [{ ...common, ...context }];
    if (!assumes) return [common];
    const withId = (id: string) => ({ ...common, "sts:ExternalId": id });
    if (actor === "vendorWithoutExternalId") return [common, withId(OTHER_EXTERNAL_ID)];
    const ids = actor === "vendor" ? this.contract.externalIds : [];
    return ids.length === 0 ? [common] : ids.map(withId);
  }

  /** What the keys can have that the context leaves open. */
  public possibleValuesOf(expectation: Expectation, assumes: boolean): PossibleValues {
    return (key) => this.valuesOf(key, expectation, assumes);
  }

  private valuesOf(key: string, { actor, action, context }: Expectation, assumes: boolean): readonly PossibleValue[] | undefined {
    const request = { action: action.toLowerCase(), caller: this.kindOf(actor, assumes) };
    const { documentedEncryptions } = this.contract;
    const isVendor = request.caller === "vendor" || request.caller === "session";
    if (key === "s3:tlsversion" && context["aws:SecureTransport"] === "false") return undefined;
    if (key === ENCRYPTION_KEY && isVendor && documentedEncryptions !== undefined && request.action === "s3:putobject")
      return [undefined, ...documentedEncryptions];
    return this.organizationsIn(key, actor, assumes) ?? this.tagsIn(key, request) ?? possibleValuesOf(key, request);
  }

  /** Whether the actor chooses the value of the key. */
  public chooses(key: string, { actor, action }: Expectation, assumes: boolean): boolean {
    const caller = this.kindOf(actor, assumes);
    if (caller === "session" && key.startsWith("aws:principaltag/")) return this.facts.passesTags === true;
    return knowledgeOf(key, { action: action.toLowerCase(), caller }) === "chosen";
  }

  private kindOf(actor: Actor, assumes: boolean): CallerKind {
    if (actor === "anonymous") return "anonymous";
    if (actor.startsWith("stranger")) return "stranger";
    return this.roleArn !== undefined && !assumes ? "session" : "vendor";
  }

  /** Every request of a principal has the organization of its account, and the organization of the resource's. */
  private organizationsIn(key: string, actor: Actor, assumes: boolean): readonly PossibleValue[] | undefined {
    if (!ORGANIZATION_KEY.test(key)) return undefined;
    const { own, vendor } = this.facts.organizations ?? {};
    const isOwn = key.startsWith("aws:resource") || this.kindOf(actor, assumes) === "session";
    const ofCaller = actor === "strangerAccount" || actor === "anonymous" ? undefined : vendor;
    const id = isOwn ? own : ofCaller;
    if (id === undefined) return undefined;
    return [key.endsWith("orgid") ? id : `${id}/${unknownText(`the account's place in the organization ${id}`)}`];
  }

  /** The tags of the role are `aws:PrincipalTag` of its sessions, and `aws:ResourceTag` of a request that assumes it. */
  private tagsIn(
    key: string,
    { action, caller }: { readonly action: string; readonly caller: CallerKind },
  ): readonly PossibleValue[] | undefined {
    const { roleTags, bucketTags, passesTags = true } = this.facts;
    if (!key.includes("/")) return undefined;
    if (BUCKET_TAG.test(key) && action.startsWith("s3:")) return bucketTags && [tagIn(bucketTags, key)];
    if (roleTags === undefined) return undefined;
    const ofRole = tagIn(roleTags, key);
    if (/^(aws|iam):resourcetag\//.test(key)) return isAssuming(action) ? [ofRole] : undefined;
    if (caller !== "session" || !key.startsWith("aws:principaltag/")) return undefined;
    return passesTags ? [ofRole, unknownText(`the session tag ${key} that the vendor passes`)] : [ofRole];
  }

  private commonContext(request: RequestKind): RequestContext {
    const { actor, assumes, overHttp, principal } = request;
    const ofActors = this.contexts[(assumes ? 1 : 0) + (overHttp ? 2 : 0)]!;
    let ofActor = ofActors.get(actor);
    if (ofActor === undefined) {
      ofActor = new Map();
      ofActors.set(actor, ofActor);
    }
    let found = ofActor.get(principal);
    if (found === undefined) {
      // A plan can have many destinations, each with its own role.
      if (ofActor.size >= MOST_PRINCIPALS) ofActor.clear();
      const region = this.contract.bucket.region ?? this.facts.region;
      const uniqueId = this.kindOf(actor, assumes) === "session" ? this.facts.roleUniqueId : undefined;
      found = requestContext(request, { region, owner: this.ownerOf(assumes), bucketAccount: this.bucketAccount, uniqueId });
      ofActor.set(principal, found);
    }
    return found;
  }
}

const ORGANIZATION_KEY = /^aws:(principal|resource)org(id|paths)$/;
const BUCKET_TAG = /^(aws:resourcetag|s3:buckettag)\//;

/** The value of the tag that a condition key names. */
function tagIn(tags: Readonly<Record<string, string>>, key: string): string | undefined {
  const name = key.slice(key.indexOf("/") + 1);
  return Object.hasOwn(tags, name) ? tags[name] : undefined;
}

/** For a whole account, a role in it; otherwise the principal itself. */
function callerFor(principal: string, partition: string): string {
  return isWholeAccount(principal) ? arnOfRole(partition, accountNamedBy(principal), "vendor-destination-vendor") : principal;
}

/** The ARN; if it is not known, the ARN that follows from the name. */
function arnOrName(partition: string, { arn, name }: { readonly arn: string; readonly name: string }): string {
  return arn.startsWith("arn:") ? substituteOwnAccount(arn) : arnOfRole(partition, OWN_ACCOUNT, name);
}

function arnOfRole(partition: string, account: string, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** Whether the action belongs to AWS STS, so that the trust policy decides it. */
export function isAssuming(action: string): boolean {
  return action.startsWith("sts:");
}
