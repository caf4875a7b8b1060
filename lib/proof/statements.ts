/** What a contract says of all requests, as questions for the prover. */
import { type Proof, proveEvery, proveNobody, type RequestSet } from "../access";
import { hasUnknown } from "../unknown";
import type { Context, Facts } from "./facts";
import { conditionsIn, ownSources } from "./sources";
import { bucketWorlds, documentsOf, type Judged, otherBucketsWorld, trustWorld } from "./worlds";

/** One question about one world; a statement holds where all of its questions are proved. */
export interface Question {
  readonly judged: Judged;
  readonly ask: () => Proof;
  /** Keys of the request whose values nobody knows before it is made. */
  readonly circumstances?: Context;
}

/** What a statement is about, and so what it needs. */
export type Subject = "bucket" | "role" | "roleAndBucket";

export interface Statement {
  readonly id: string;
  readonly title: string;
  readonly expected: "allowed" | "denied";
  readonly subject: Subject;
  readonly remedy: string;
  readonly questions: readonly Question[];
}

const HTTPS = { "aws:SecureTransport": "true" };
const IDS = {
  nobodyElse: "nobody-else-reaches-bucket",
  nothingElse: "vendor-can-do-nothing-else",
  otherBuckets: "vendor-reaches-no-other-bucket",
  neighbours: "vendor-reaches-no-other-vendors-objects",
  delivers: "vendor-can-deliver-every-key",
  assumed: "nobody-else-assumes-role",
  externalIds: "vendor-can-assume-role-with-each-external-id",
};
const UNIVERSAL: ReadonlySet<string> = new Set(Object.values(IDS));

/** Whether a result is about all requests, by its id. */
export function isUniversal({ id }: { readonly id: string }): boolean {
  return UNIVERSAL.has(id);
}

/** Every statement about all requests that follows from the contract. */
export function statementsOf(facts: Facts): Statement[] {
  const { isRoleAssumed, neighbours, deliveries, bucketActions } = facts;
  return [
    nobodyElse(facts),
    nothingElse(facts),
    ...(isRoleAssumed ? [otherBuckets(facts), assumedBy(facts), assumedWithEach(facts)] : []),
    ...(neighbours.length > 0 && deliveries.length > 0 ? [othersObjects(facts)] : []),
    ...(deliveries.length + bucketActions.length > 0 ? [delivers(facts)] : []),
  ];
}

/** Who makes the vendor's requests to the bucket. */
function vendorCallers({ role, vendorPrincipals, isRoleAssumed }: Facts): readonly string[] {
  return isRoleAssumed ? (role === undefined ? [] : [role.arn]) : vendorPrincipals;
}

function nobodyElse(facts: Facts): Statement {
  const { bucketArn, neighbours, bucket } = facts;
  const requests = { resources: [bucketArn, `${bucketArn}/*`] };
  const permitted: RequestSet[] =
    bucket === undefined
      ? []
      : [
          { callers: [bucket.account] },
          ...[vendorCallers(facts), ...neighbours.map(({ callers }) => callers)]
            .filter((callers) => callers.length > 0)
            .map((callers) => ({ callers })),
          ...ownSources(bucket),
        ];
  return {
    id: IDS.nobodyElse,
    title: "nobody but the vendor and your own account can do anything to the bucket",
    expected: "denied",
    subject: "bucket",
    remedy: "name only the vendor and principals of your own account in the bucket policy",
    questions: nobodyQuestions(bucketWorlds(facts), requests, permitted),
  };
}

function nothingElse(facts: Facts): Statement {
  const { bucketArn, granted } = facts;
  const permitted: RequestSet[] =
    granted === undefined
      ? [{ context: HTTPS }]
      : [
          ...(granted.bucketActions.length === 0 ? [] : [{ actions: granted.bucketActions, resources: [bucketArn], context: HTTPS }]),
          ...(granted.objectActions.length === 0 ? [] : [{ actions: granted.objectActions, resources: granted.objects, context: HTTPS }]),
        ];
  const requests = { callers: vendorCallers(facts), resources: [bucketArn, `${bucketArn}/*`] };
  return {
    id: IDS.nothingElse,
    title: "the vendor can do nothing beyond its grant, and nothing over plain HTTP",
    expected: "denied",
    subject: facts.isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "narrow the vendor's statements to the documented actions and prefixes, and refuse plain HTTP",
    questions: nobodyQuestions(bucketWorlds(facts), requests, permitted),
  };
}

function otherBuckets(facts: Facts): Statement {
  const { bucketArn, partition } = facts;
  const world = otherBucketsWorld(facts);
  const requests = { callers: vendorCallers(facts), actions: ["s3:*"], resources: [`arn:${partition}:s3:::*`] };
  return {
    id: IDS.otherBuckets,
    title: "the role's policies allow the vendor nothing on another bucket",
    expected: "denied",
    subject: "role",
    remedy: "name the bucket and its objects in Resource of the role's policies",
    questions: nobodyQuestions(world === undefined ? [] : [world], requests, [{ resources: [bucketArn, `${bucketArn}/*`] }]),
  };
}

function othersObjects(facts: Facts): Statement {
  const { neighbours, deliveries } = facts;
  const own = [...new Set(deliveries.map(({ folder }) => `${folder}*`))];
  const folders = [...new Set(neighbours.flatMap((neighbour) => neighbour.folders))].map((folder) => `${folder}*`);
  const requests = { callers: vendorCallers(facts), resources: folders };
  return {
    id: IDS.neighbours,
    title: "the vendor cannot do anything to the objects of the bucket's other vendors",
    expected: "denied",
    subject: facts.isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "limit the grant to the vendor's own prefixes",
    questions: folders.length === 0 ? [] : nobodyQuestions(bucketWorlds(facts), requests, [{ resources: own }]),
  };
}

function assumedBy(facts: Facts): Statement {
  const { role, vendorPrincipals, externalIds, validator } = facts;
  const world = trustWorld(facts);
  const vendor: RequestSet = { callers: vendorPrincipals, ...(externalIds.length > 0 && { context: { "sts:ExternalId": externalIds } }) };
  const permitted: RequestSet[] = [
    ...(vendorPrincipals.length > 0 ? [vendor] : []),
    ...(validator ? [{ callers: [validator.principalArn], context: { "sts:RoleSessionName": validator.sessionName } }] : []),
  ];
  const actions = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];
  const withId =
    externalIds.length === 0 ? "" : `, and only with ${externalIds.length === 1 ? "the external ID" : "one of the external IDs"}`;
  return {
    id: IDS.assumed,
    title: `nobody but the vendor can assume the role${withId}`,
    expected: "denied",
    subject: "role",
    remedy: "let the trust policy name the vendor's principal only, with StringEquals on sts:ExternalId where there is one",
    questions: nobodyQuestions(world === undefined ? [] : [world], { actions, resources: [role?.arn ?? ""] }, permitted),
  };
}

function assumedWithEach(facts: Facts): Statement {
  const { role, vendorPrincipals, externalIds, assumingContext } = facts;
  const world = trustWorld(facts);
  const ids: readonly (string | undefined)[] = externalIds.length === 0 ? [undefined] : externalIds;
  return {
    id: IDS.externalIds,
    title:
      externalIds.length < 2 ? "each principal of the vendor can assume the role" : "the vendor can assume the role with each external ID",
    expected: "allowed",
    subject: "role",
    remedy: "let the trust policy accept each principal and each external ID of the vendor",
    questions:
      world === undefined
        ? []
        : vendorPrincipals.flatMap((caller) =>
            ids.map((id) => {
              const context = { ...assumingContext, ...(id === undefined ? {} : { "sts:ExternalId": id }) };
              return everyQuestion(world, { callers: [caller], actions: ["sts:AssumeRole"], resources: [role!.arn], context });
            }),
          ),
  };
}

function delivers(facts: Facts): Statement {
  const { bucketArn, bucketActions, deliveries, requestContext: context } = facts;
  const callers = vendorCallers(facts);
  const folders = [...new Set(deliveries.map(({ folder }) => folder))];
  const sets: RequestSet[] = [
    ...(bucketActions.length === 0 ? [] : [{ callers, actions: bucketActions, resources: [bucketArn], context }]),
    ...folders.map((folder) => {
      const actions = [...new Set(deliveries.filter((one) => one.folder === folder).map(({ action }) => action))];
      return { callers, actions, resources: [`${folder}*`], context };
    }),
  ];
  return {
    id: IDS.delivers,
    title: "the vendor can do what it must, for every key under its prefixes",
    expected: "allowed",
    subject: facts.isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "let the grant cover every key under the prefixes",
    questions: bucketWorlds(facts).flatMap((world) => sets.map((set) => everyQuestion(world, set))),
  };
}

function nobodyQuestions(worlds: readonly Judged[], requests: RequestSet, permitted: readonly RequestSet[]): Question[] {
  return worlds.map((judged) => ({ judged, ask: () => proveNobody({ world: judged.world, requests, permitted }) }));
}

/** Keys of which the library cannot say that a plain request lacks them. */
const LEFT_OPEN =
  /^(aws:(principal|userid|username|resourcetag|resourceorg|multifactor|tokenissue|federatedprovider|viaawsservice)|s3:(buckettag|existingobjecttag|objectcreationoperation))/i;

/** Headers by which a request sets an ACL, which a plain request lacks. */
const ACL_HEADERS = [
  "s3:x-amz-acl",
  ...["read", "write", "read-acp", "write-acp", "full-control"].map((permission) => `s3:x-amz-grant-${permission}`),
];

/** A plain request: what is not among the keys of every request is absent, unless the caller's identity or the resource decides it. */
function everyQuestion(judged: Judged, requests: RequestSet): Question {
  const { world } = judged;
  const given = Object.entries(requests.context ?? {});
  const isCircumstance = ([, value]: (typeof given)[number]) => typeof value === "string" && hasUnknown(value);
  const known = new Set(given.map(([key]) => key.toLowerCase()));
  const absent = [
    ...documentsOf(world)
      .flatMap(conditionsIn)
      .map(({ key }) => key),
    ...ACL_HEADERS,
  ].filter((key) => !known.has(key.toLowerCase()) && !LEFT_OPEN.test(key));
  const context = Object.fromEntries([...given.filter((entry) => !isCircumstance(entry)), ...absent.map((key) => [key, null] as const)]);
  return {
    judged,
    ask: () => proveEvery({ world, requests: { ...requests, context } }),
    circumstances: Object.fromEntries(given.filter(isCircumstance)) as Context,
  };
}
