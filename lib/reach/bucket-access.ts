/** Who can do what to each bucket: every caller that a policy names, and everybody else. */
import { type Extent, extentOf, type Proof, proveNobody, QuestionError, type RequestSet, type World } from "../access";
import { accountOf, OWN_ACCOUNT, showOwnAccount, substituteOwnAccount } from "../contract";
import { PolicyGrammarError } from "../evaluate";
import type { AccountModel, PlannedBucket } from "../plan";
import {
  type BucketFacts,
  bucketFacts,
  bucketWorlds,
  entriesOf,
  factsOfRole,
  oneOrMore,
  type RoleFacts,
  rolesNaming,
  statementsIn,
} from "../proof";
import { hasUnknown, showUnknown } from "../unknown";
import { actionGroups } from "./action-groups";

/** What a caller can do of some actions. */
export interface GroupAccess {
  /** `read objects`. */
  readonly what: string;
  readonly extent: Extent["extent"];
  /** For `some`: which requests, as parts to be joined by "or". */
  readonly words: readonly string[];
}

export interface CallerAccess {
  /** An ARN, an account, a service, or `anybody else`. */
  readonly caller: string;
  /** For a role: the principals that its trust policy names. */
  readonly assumedBy?: readonly string[];
  /** Over HTTPS. */
  readonly access: readonly GroupAccess[];
}

export interface BucketAccess {
  readonly bucket: string;
  readonly callers: readonly CallerAccess[];
  /** The access of everybody whom no policy names, apart from the account that owns the bucket. */
  readonly others: { readonly extent: "cannot" | "can" | "couldNotTell"; readonly because?: string };
  /** Why the access is unknown: a policy that cannot be parsed. */
  readonly problem?: string;
}

/** The buckets that the plan defines, in its order. Access of the own account by policies that are not in the plan is not shown. */
export function accessToBuckets(model: AccountModel): BucketAccess[] {
  return model.buckets.filter(({ isReferenced }) => !isReferenced).map((bucket) => accessTo(bucket, model));
}

function accessTo(bucket: PlannedBucket, model: AccountModel): BucketAccess {
  const name = showUnknown(bucket.name);
  try {
    const facts = bucketFacts(bucket, { account: accountOf(bucket.account ?? "") ?? OWN_ACCOUNT, model });
    const roles = rolesNaming(bucket.name, model).map((role) => factsOfRole(role, model));
    const target: Target = { arn: substituteOwnAccount(bucket.arn), facts, organization: model.organizations?.own };
    const named = callersIn(facts).filter((caller) => !roles.some(({ arn }) => arn === caller));
    const callers = [
      ...roles.map((role) => ({ ...callerAccess(role.arn, target, role), assumedBy: trustedBy(role) })),
      ...named.map((caller) => callerAccess(caller, target)),
    ];
    return { bucket: name, callers: callers.filter(hasAccess), others: accessOfOthers(named, target) };
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return { bucket: name, callers: [], others: { extent: "couldNotTell" }, problem: showUnknown(error.message) };
  }
}

interface Target {
  readonly arn: string;
  readonly facts: BucketFacts;
  /** ID of the organization that owns the bucket's account. */
  readonly organization: string | undefined;
}

/** Over HTTPS, without an ACL. */
const PLAIN = {
  "aws:SecureTransport": "true",
  "s3:x-amz-acl": null,
  "s3:x-amz-grant-read": null,
  "s3:x-amz-grant-write": null,
  "s3:x-amz-grant-read-acp": null,
  "s3:x-amz-grant-write-acp": null,
  "s3:x-amz-grant-full-control": null,
};

function callerAccess(caller: string, target: Target, role?: RoleFacts): CallerAccess {
  const worlds = worldsOf(target, role);
  const context = { ...PLAIN, ...organizationOf(caller, target) };
  const access = actionGroups().map(({ title, actions, type }): GroupAccess => {
    const resources = [type === "bucket" ? target.arn : `${target.arn}/*`];
    const extents = worlds.map((world) =>
      answered(() => extentOf({ world, requests: { callers: [caller], actions, resources, context } })),
    );
    const [first = NOT_TOLD] = extents;
    const isSame = extents.every(({ extent, words }) => extent === first.extent && words.join() === first.words.join());
    const { extent, words } = isSame ? first : { extent: "couldNotTell" as const, words: [] };
    return { what: title, extent, words: words.map(showOwnAccount) };
  });
  return { caller: showOwnAccount(caller), access };
}

/** A principal of the bucket's account belongs to the same organization. */
function organizationOf(caller: string, { facts, organization }: Target): RequestSet["context"] {
  return organization === undefined || accountOf(caller) !== facts.account ? {} : { "aws:PrincipalOrgID": organization };
}

const NOT_TOLD: Pick<Extent, "extent" | "words"> = { extent: "couldNotTell", words: [] };

/** No request can have such a text as its caller, so it is left out. */
function answered(ask: () => Extent): Pick<Extent, "extent" | "words"> {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError) return NOT_TOLD;
    throw error;
  }
}

function worldsOf({ arn, facts }: Target, role?: RoleFacts): readonly World[] {
  const partition = arn.split(":")[1]!;
  return bucketWorlds({ partition, bucket: facts, ...(role && { role }) }).map(({ world }) => world);
}

function hasAccess({ access }: CallerAccess): boolean {
  return access.some(({ extent }) => extent !== "cannot");
}

function accessOfOthers(named: readonly string[], target: Target): BucketAccess["others"] {
  const { arn, facts } = target;
  const permitted: RequestSet[] = [{ callers: [facts.account] }, ...named.map((caller) => ({ callers: [caller] }))];
  const proofs = worldsOf(target).map((world): Proof => proveNobody({ world, requests: { resources: [arn, `${arn}/*`] }, permitted }));
  const worst = proofs.find(({ outcome }) => outcome === "broken") ?? proofs.find(({ outcome }) => outcome !== "proved");
  if (worst === undefined) return { extent: "cannot" };
  const { witness, outcome, missing, statements } = worst;
  const by = statements.length === 0 ? "" : ` by ${statements.join(", ")}`;
  const request =
    witness === undefined
      ? ""
      : `${witness.principal} ${outcome === "broken" ? "can" : "may"} ${witness.action} on ${witness.resource}${by}`;
  const because = showOwnAccount([request, ...(missing.length === 0 ? [] : [`depending on ${missing.join("; ")}`])].join(", "));
  return { extent: outcome === "broken" ? "can" : "couldNotTell", because };
}

/** The callers that the Allow statements of the bucket policies name, except `*`. */
function callersIn({ policies }: BucketFacts): string[] {
  const statements = policies.flatMap((policy) => statementsIn(policy)).filter(({ Effect }) => Effect !== "Deny");
  const named = statements.flatMap(({ Principal }) => entriesOf(Principal).flatMap(([, values]) => oneOrMore(values).map(String)));
  return [...new Set(named)].filter((caller) => caller !== "*" && !hasUnknown(caller));
}

/** The principals that the role's trust policy names. */
function trustedBy({ trustPolicy }: RoleFacts): string[] {
  const statements = statementsIn(trustPolicy).filter(({ Effect }) => Effect !== "Deny");
  const named = statements.flatMap(({ Principal }) =>
    typeof Principal === "string" ? [Principal] : entriesOf(Principal).flatMap(([, values]) => oneOrMore(values).map(String)),
  );
  return [...new Set(named)].map(showOwnAccount);
}
