/** What a contract says of all requests, as questions for the prover. */
import type { RequestSet } from "../access";
import { everyQuestion, IDS, nobodyQuestions, type Statement, vendorCallers } from "./questions";
import { assumedBy, assumedWithEach, otherBuckets, otherRoles } from "./role-statements";
import { ownSources } from "./sources";
import type { Facts } from "./types";
import { bucketWorlds } from "./worlds";

const HTTPS = { "aws:SecureTransport": "true" };

/** Every statement about all requests that follows from the contract. */
export function statementsOf(facts: Facts): Statement[] {
  const { isRoleAssumed, neighbours, deliveries, bucketActions } = facts;
  return [
    nobodyElse(facts),
    otherRoles(facts),
    nothingElse(facts),
    ...(isRoleAssumed ? [otherBuckets(facts), assumedBy(facts), assumedWithEach(facts)] : []),
    ...(neighbours.length > 0 && deliveries.length > 0 ? [othersObjects(facts)] : []),
    ...(deliveries.length + bucketActions.length > 0 ? [delivers(facts)] : []),
  ];
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
