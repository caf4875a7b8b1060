/**
 * What the policies of the vendor's role allow in any service, apart from its bucket. Rights with which a role can extend its own rights
 * come first.
 */
import { isOfOtherResources, NO_RESOURCE, otherResources, type Proof, proveNobody, type RequestSet } from "../../access";
import { WIDENING_RIGHTS } from "../../access/data";
import { compilePolicy } from "../../evaluate";
import { KEY_USE } from "../../judge";
import { hasUnknown } from "../../unknown";
import { oneOrMore, statementsIn } from "../documents";
import { nobodyQuestions, type Question } from "../questions";
import type { Facts, RoleFacts } from "../types";
import { type Judged, ownPolicies, principalOf } from "../worlds";
import { withPrincipalTags } from "./principal-tags";

/** A world in which the role's own policies decide alone. Every other policy delegates to them, as a default key policy does. */
function ownWorld(role: RoleFacts): Judged {
  const { arn, account } = role;
  const delegation = { Effect: "Allow", Principal: { AWS: account } };
  const resourcePolicy = { Version: "2012-10-17", Statement: [{ ...delegation, Action: "kms:*", Resource: "*" }] };
  const trustPolicy = { Version: "2012-10-17", Statement: [{ ...delegation, Action: "sts:*" }] };
  return {
    world: withPrincipalTags(
      { partition: arn.split(":")[1]!, account, resourcePolicy, trustPolicy, principals: [principalOf(role)] },
      role,
    ),
    policiesOf: (caller) => ({
      resourcePolicy: compilePolicy(resourcePolicy, "resource"),
      trustPolicy: compilePolicy(trustPolicy, "trust"),
      ...ownPolicies(role, caller),
    }),
  };
}

const ON_ITSELF = ["iam:PutRolePolicy", "iam:AttachRolePolicy"];

/** The rights with which a role can extend its own rights, by the resource that they apply to. */
const WIDENING_BY_TYPE = (["role", "policy", "user", "group", "saml-provider", "oidc-provider"] as const).map((type) => ({
  type,
  actions: WIDENING_RIGHTS.filter(([, applied]) => applied === type).map(([action]) => action),
}));

/** They are asked about first, so that the witness is the most severe request. */
const WIDENING = WIDENING_BY_TYPE.map(({ type, actions }) => ({
  type,
  actions: type === "role" ? [...actions, "iam:PassRole"] : actions,
}));

/** AWS allows this request to everybody, whatever their policies say. */
const WITHOUT_PERMISSION: RequestSet = { actions: ["sts:GetCallerIdentity"] };

interface RightsQuestions {
  /** About single rights. They are parts of `others`. */
  readonly widening: readonly Question[];
  readonly others: readonly Question[];
}

/** Questions about the role's own policies, except for buckets and objects. */
function questionsAbout(role: RoleFacts, bucketKeys: readonly string[]): RightsQuestions {
  const judged = ownWorld(role);
  const { arn, account } = role;
  const { partition } = judged.world;
  const ask = (requests: RequestSet, permitted: readonly RequestSet[] = []): Question => ({
    judged,
    ask: () => proveNobody({ world: judged.world, requests: { callers: [arn], ...requests }, permitted }),
  });
  const inIam = (type: string) => otherResources(`arn:${partition}:iam::${account}:${type}/*`);
  const widening = [
    ask({ actions: ON_ITSELF, resources: [otherResources(arn)] }),
    ...WIDENING.map(({ type, actions }) => ask({ actions, resources: [inIam(type)] })),
  ];
  // No action of another service goes with the ARN of a bucket or an object.
  const withArn = { resources: [otherResources(`arn:${partition}:*`)] };
  const actions = namedActions(role);
  const ofServices =
    actions?.length === 0
      ? []
      : [
          ask({ ...(actions && { actions }), resources: [NO_RESOURCE] }, [WITHOUT_PERMISSION]),
          ask({ ...(actions && { actions }), ...withArn }, [WITHOUT_PERMISSION, { resources: [`arn:${partition}:s3:::*`] }]),
        ];
  const ofBucket: readonly RequestSet[] = bucketKeys.length === 0 ? [] : [{ actions: KEY_USE, resources: bucketKeys }];
  const roles = (owner: string) =>
    ask({ actions: ["sts:AssumeRole"], resources: [`arn:${partition}:iam::${owner}:role/*`] }, [{ resources: [arn] }]);
  const keys = (owner: string) =>
    ask({ actions: ["kms:*"], resources: ["key", "alias"].map((type) => `arn:${partition}:kms:*:${owner}:${type}/*`) }, ofBucket);
  return {
    widening,
    others: [
      ...ofServices.map((question) => gravest(question, widening)),
      gravest(roles("*"), [roles(account)]),
      gravest(keys("*"), [keys(account)]),
    ],
  };
}

/**
 * The actions that the Allow statements name; undefined if they are unknown. AWS has many thousands of actions, and nobody can perform one
 * that no Allow names.
 */
function namedActions({ identityPolicies }: RoleFacts): readonly string[] | undefined {
  const named = new Set<string>();
  for (const document of identityPolicies) {
    if (typeof document !== "object" || document === null) return undefined;
    for (const { Effect, Action } of statementsIn(document)) {
      if (Effect === "Deny") continue;
      const texts = oneOrMore(Action).map(String);
      if (texts.length === 0 || texts.some(hasUnknown)) return undefined;
      for (const text of texts) if (isOfOtherResources(text)) named.add(text);
    }
  }
  return [...named];
}

/** What the role can do apart from buckets and objects, which other statements cover. */
export function ownRights(role: RoleFacts, { bucketKeys }: Pick<Facts, "bucketKeys">): readonly Question[] {
  return questionsAbout(role, bucketKeys).others;
}

/** Everything that the role can do, and so what somebody gains by assuming it. The most severe right comes first. */
export function everyRight(role: RoleFacts): readonly Question[] {
  const { widening, others } = questionsAbout(role, []);
  const judged = ownWorld(role);
  const onBuckets = { callers: [role.arn], resources: [`arn:${judged.world.partition}:s3:::*`] };
  return [...widening, ...nobodyQuestions([judged], onBuckets, []), ...others];
}

/**
 * The rights with which the role can give itself access to everything in its account. A right to change only certain other roles, policies,
 * users or groups may not lead there.
 */
export function extendingRights(role: RoleFacts): readonly Question[] {
  const judged = ownWorld(role);
  const { arn, account } = role;
  const inIam = (name: string) => otherResources(`arn:${judged.world.partition}:iam::${account}:${name}`);
  const ask = (actions: readonly string[], resource: string): Question["ask"] => {
    return () => proveNobody({ world: judged.world, requests: { callers: [arn], actions, resources: [resource] }, permitted: [] });
  };
  const ofTypes = WIDENING_BY_TYPE.filter(({ type }) => !type.endsWith("-provider")).map(({ type, actions }): Question => {
    const anywhere = ask(actions, inIam(`${type}/*`));
    const anyOne = ask(actions, inIam(`${type}/any-${type}`));
    return { judged, ask: () => (anyOne().outcome === "broken" ? anywhere() : doubted(anywhere(), type)) };
  });
  return [{ judged, ask: ask(ON_ITSELF, otherResources(arn)) }, ...ofTypes];
}

function doubted(proof: Proof, type: string): Proof {
  if (proof.outcome !== "broken") return proof;
  return { ...proof, outcome: "couldNotExclude", missing: [`what the ${type} gives access to`] };
}

/** The question. If a part of it is broken, the answer is the one for that part. */
function gravest(whole: Question, parts: readonly Question[]): Question {
  const ask = (): Proof => {
    const proof = whole.ask();
    if (proof.outcome === "proved") return proof;
    for (const part of parts) {
      const worse = part.ask();
      if (worse.outcome === "broken") return worse;
    }
    return proof;
  };
  return { ...whole, ask };
}
