/** What a contract says about all requests, as questions for the prover. */
import type { RequestSet } from "../access";
import { PROOF_IDS } from "../contract";
import { apartFromAccessPoints, forRole, unlessJudged } from "./access-points";
import { nothingBeside, nothingInOtherServices } from "./estate";
import { otherRoles } from "./other-roles";
import { everyQuestion, nobodyQuestions, type Question, type Statement, vendorCallers, vendorQuestions } from "./questions";
import { assumedBy, assumedWithEach, otherBuckets, vendorOrganization } from "./role-statements";
import { ownSources } from "./sources";
import type { Facts, FactsInEstate } from "./types";
import { bucketWorlds, type Judged } from "./worlds";

const HTTPS = { "aws:SecureTransport": "true" };

/** Every statement about all requests that the contract implies. */
export function statementsOf(facts: FactsInEstate): Statement[] {
  const { isRoleAssumed, neighbours, deliveries, bucketActions } = facts;
  return [
    nobodyElse(facts),
    otherRoles(facts),
    nothingElse(facts),
    ...(isRoleAssumed ? [otherBuckets(facts), nothingInOtherServices(facts), assumedBy(facts), assumedWithEach(facts)] : []),
    nothingBeside(facts),
    ...(neighbours.length > 0 && deliveries.length > 0 ? [othersObjects(facts)] : []),
    ...(facts.vendorOrganization === undefined ? [] : [vendorOrganization(facts, facts.vendorOrganization)]),
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
          ...ownSources(bucket, facts.ownOrganization),
        ];
  return {
    id: PROOF_IDS.nobodyElse,
    title: "nobody but the vendor and your own account can do anything to the bucket",
    expected: "denied",
    subject: "bucket",
    remedy: "name only the vendor and principals of your own account in the bucket policy",
    questions: apartFromAccessPoints(facts, permitted, (allowed) => nobodyQuestions(bucketWorlds(facts), requests, allowed)),
  };
}

/** What the contract grants to the vendor. */
export function grantedRequests({ bucketArn, granted }: Facts): readonly RequestSet[] {
  if (granted === undefined) return [{ context: HTTPS }];
  const { bucketActions, objectActions, objects } = granted;
  return [
    ...(bucketActions.length === 0 ? [] : [{ actions: bucketActions, resources: [bucketArn], context: HTTPS }]),
    ...(objectActions.length === 0 ? [] : [{ actions: objectActions, resources: objects, context: HTTPS }]),
  ];
}

function nothingElse(facts: Facts): Statement {
  const { bucketArn, vendorOwnsObjects } = facts;
  const requests = { resources: [bucketArn, `${bucketArn}/*`] };
  // Under ObjectWriter the writer's account owns an object. Its owner can read it and set its ACL, whatever the bucket policy allows.
  const beyond = vendorOwnsObjects ? "beyond its grant and its rights as the owner of the objects that it writes" : "beyond its grant";
  return {
    id: PROOF_IDS.nothingElse,
    title: `the vendor can do nothing ${beyond}, and nothing over plain HTTP`,
    expected: "denied",
    subject: facts.isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "narrow the vendor's statements to the documented actions and prefixes, and refuse plain HTTP",
    questions: apartFromAccessPoints(forRole(facts), grantedRequests(facts), (permitted) =>
      vendorQuestions(facts, bucketWorlds(facts), { requests, permitted }),
    ),
  };
}

function othersObjects(facts: Facts): Statement {
  const { neighbours, deliveries } = facts;
  const own = [...new Set(deliveries.map(({ folder }) => `${folder}*`))];
  const folders = [...new Set(neighbours.flatMap((neighbour) => neighbour.folders))].map((folder) => `${folder}*`);
  const requests = { callers: vendorCallers(facts), resources: folders };
  return {
    id: PROOF_IDS.neighbours,
    title: "the vendor cannot do anything to the objects of the bucket's other vendors",
    expected: "denied",
    subject: facts.isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "limit the grant to the vendor's own prefixes",
    questions:
      folders.length === 0
        ? []
        : apartFromAccessPoints(unlessJudged(facts), [{ resources: own }], (permitted) =>
            nobodyQuestions(bucketWorlds(facts), requests, permitted),
          ),
  };
}

function delivers(facts: Facts): Statement {
  const { bucketArn, bucketActions, deliveries } = facts;
  const folders = [...new Set(deliveries.map(({ folder }) => folder))];
  const targets = [
    ...(bucketActions.length === 0 ? [] : [{ actions: bucketActions, resource: bucketArn }]),
    ...folders.map((folder) => ({
      actions: [...new Set(deliveries.filter((one) => one.folder === folder).map(({ action }) => action))],
      resource: `${folder}*`,
    })),
  ];
  return {
    id: PROOF_IDS.delivers,
    title: "the vendor can do what it must, for every key under its prefixes",
    expected: "allowed",
    subject: facts.isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "let the grant cover every key under the prefixes",
    questions: bucketWorlds({ ...facts, ...facts.forVendor }).flatMap((world) =>
      targets.flatMap((target) => deliveryQuestions(world, target, facts)),
    ),
  };
}

interface DeliveryTarget {
  readonly actions: readonly string[];
  readonly resource: string;
}

/** One question for all actions about which the same is known. */
function deliveryQuestions(world: Judged, { actions, resource }: DeliveryTarget, facts: Facts): Question[] {
  const groups = new Map<string, string[]>();
  for (const action of actions) {
    const known = JSON.stringify(facts.keys[action]);
    groups.set(known, [...(groups.get(known) ?? []), action]);
  }
  const callers = facts.isRoleAssumed ? vendorCallers(facts) : facts.callers.requesting;
  return [...groups.values()].map((alike) =>
    everyQuestion(world, { callers, actions: alike, resources: [resource], context: facts.requestContext }, facts.keys[alike[0]!]!),
  );
}
