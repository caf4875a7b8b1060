/** Turns facts into worlds of the prover, and into the same policies for the evaluator. */
import type { KnownPrincipal, RequestSet, World } from "../access";
import { accountOf } from "../contract";
import { compilePolicy, type Policies } from "../evaluate";
import { askedIn } from "./keys";
import type { BucketFacts, Controls, Facts, OtherKeyFacts, RoleFacts } from "./types";

/** A world, and the policies by which the evaluator judges the same requests. */
export interface Judged {
  readonly world: World;
  readonly policiesOf: (caller: string) => Policies;
}

/** One for each bucket policy, because the last one written takes effect. */
export function bucketWorlds({ partition, bucket, role }: Pick<Facts, "partition" | "bucket" | "role">): readonly Judged[] {
  if (bucket === undefined) return [];
  const { account, policies, blockPublicAccess, objectOwnership, tags } = bucket;
  const documents = policies.length === 0 ? [undefined] : policies;
  return documents.map((resourcePolicy) => ({
    world: withTags(
      {
        partition,
        account,
        ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
        principals: principalsOf(role),
        blockPublicAccess,
        objectOwnership,
        ...controlsIn(bucket),
      },
      tags,
    ),
    policiesOf: (caller) => ({
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: compilePolicy(resourcePolicy, "resource") }),
      ...compiledControls(bucket, caller),
      ...ownPolicies(role, caller),
      blockPublicAccess,
      objectOwnership,
    }),
  }));
}

/** One for each key policy, because the last one written takes effect. */
export function keyWorlds(key: OtherKeyFacts, role: RoleFacts | undefined): readonly Judged[] {
  const { arn, account, policies } = key;
  return policies.map((resourcePolicy) => ({
    world: { partition: arn.split(":")[1]!, account, resourcePolicy, principals: principalsOf(role), ...controlsIn(key) },
    policiesOf: (caller) => ({
      resourcePolicy: compilePolicy(resourcePolicy, "resource"),
      ...compiledControls(key, caller),
      ...ownPolicies(role, caller),
    }),
  }));
}

type Tags = Readonly<Record<string, string>>;

/** The world with the tags of the resource that its policies use. */
function withTags(world: World, tags: Tags | undefined): World {
  if (tags === undefined) return world;
  const isTag = world.trustPolicy === undefined ? /^(aws:resource|s3:bucket)tag\// : /^(aws|iam):resourcetag\//;
  const facts = tagFacts(world, isTag, tags);
  return Object.keys(facts).length === 0 ? world : { ...world, facts };
}

/** The context of every session of the role: the tags of the role that the policies use. */
export function sessionContext({ world }: Judged, { tags, passesTags }: RoleFacts): NonNullable<RequestSet["context"]> {
  return tags === undefined || passesTags ? {} : tagFacts(world, /^aws:principaltag\//, tags);
}

function tagFacts(world: World, isTag: RegExp, tags: Tags): Readonly<Record<string, string | null>> {
  const asked = askedIn(documentsOf(world)).filter((key) => isTag.test(key));
  const tagValue = (name: string) => (Object.hasOwn(tags, name) ? tags[name]! : null);
  return Object.fromEntries(asked.map((key) => [key, tagValue(key.slice(key.indexOf("/") + 1))]));
}

function controlsIn({ serviceControlPolicies, resourceControlPolicies }: Controls): Controls {
  return { ...(serviceControlPolicies && { serviceControlPolicies }), ...(resourceControlPolicies && { resourceControlPolicies }) };
}

/** The policies of the owner's organization that limit one caller: SCPs for principals of the account, RCPs for everybody. */
function compiledControls(owner: BucketFacts | RoleFacts | OtherKeyFacts, caller: string): Policies {
  const { account, resourceControlPolicies: policies } = owner;
  return {
    ...(accountOf(caller) === account && serviceControls(owner)),
    ...(policies && { resourceControlPolicies: policies.map((policy) => compilePolicy(policy, "resourceControl")) }),
  };
}

function serviceControls({ serviceControlPolicies: levels }: Controls): Policies {
  return levels === undefined
    ? {}
    : { serviceControlPolicies: levels.map((level) => level.map((policy) => compilePolicy(policy, "serviceControl"))) };
}

/** Buckets with unknown policies: what the role's own policies allow there. */
export function otherBucketsWorld({ partition, role }: Facts): Judged | undefined {
  if (role === undefined) return undefined;
  const { account } = role;
  return { world: { partition, account, principals: principalsOf(role) }, policiesOf: (caller) => ownPolicies(role, caller) };
}

export const ASSUMING_ACTIONS = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

export function trustWorld(role: RoleFacts): Judged {
  const { arn, account, trustPolicy, tags } = role;
  return {
    world: withTags({ partition: arn.split(":")[1]!, account, trustPolicy, ...controlsIn(role) }, tags),
    policiesOf: (caller) => ({ trustPolicy: compilePolicy(trustPolicy, "trust"), ...compiledControls(role, caller) }),
  };
}

/** The trust policy of a role for a caller whose own policies are known. */
export function assumingWorld(target: RoleFacts, caller: RoleFacts | undefined): Judged {
  const { world, policiesOf } = trustWorld(target);
  return {
    world: { ...world, principals: principalsOf(caller) },
    policiesOf: (arn) => ({ ...policiesOf(arn), ...ownPolicies(caller, arn) }),
  };
}

/** All policies of a world. */
export function documentsOf(world: World): readonly unknown[] {
  const { resourcePolicy, trustPolicy, principals = [], serviceControlPolicies = [], resourceControlPolicies = [] } = world;
  return [
    resourcePolicy,
    trustPolicy,
    ...principals.flatMap(({ identityPolicies = [], permissionsBoundary, serviceControlPolicies: levels = [] }) => [
      ...identityPolicies,
      permissionsBoundary,
      ...levels.flat(),
    ]),
    ...serviceControlPolicies.flat(),
    ...resourceControlPolicies,
  ];
}

function principalsOf(role: RoleFacts | undefined): World["principals"] {
  if (role === undefined) return [];
  return [principalOf(role)];
}

/** The role as a principal whose policies are known. */
export function principalOf({ arn, identityPolicies, permissionsBoundary, serviceControlPolicies }: RoleFacts): KnownPrincipal {
  return {
    arn,
    identityPolicies,
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    ...(serviceControlPolicies === undefined ? {} : { serviceControlPolicies }),
  };
}

export function ownPolicies(role: RoleFacts | undefined, caller: string): Policies {
  if (role === undefined || role.arn !== caller) return {};
  const { identityPolicies, permissionsBoundary } = role;
  return {
    identityPolicies: identityPolicies.map((policy) => compilePolicy(policy, "identity")),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary: compilePolicy(permissionsBoundary, "permissionsBoundary") }),
    ...serviceControls(role),
  };
}
