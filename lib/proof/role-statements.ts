/** What a contract says about the vendor's role, and about other roles that reach its bucket. */
import type { RequestSet } from "../access";
import { PROOF_IDS } from "../contract";
import { sharedProviders, unknownCallerQuestions } from "./other-roles";
import { everyQuestion, nobodyQuestions, type Statement, vendorQuestions } from "./questions";
import type { Facts } from "./types";
import { ASSUMING_ACTIONS, bucketWorlds, otherBucketsWorld, trustWorld } from "./worlds";

export function otherBuckets(facts: Facts): Statement {
  const { bucketArn, partition } = facts;
  const world = otherBucketsWorld(facts);
  const requests = { actions: ["s3:*"], resources: [`arn:${partition}:s3:::*`] };
  const permitted = [{ resources: [bucketArn, `${bucketArn}/*`] }];
  return {
    id: PROOF_IDS.otherBuckets,
    title: "the role's policies allow the vendor nothing on another bucket",
    expected: "denied",
    subject: "role",
    remedy: "name the bucket and its objects in Resource of the role's policies",
    questions: vendorQuestions(facts, world === undefined ? [] : [world], { requests, permitted }),
  };
}

export function assumedBy(facts: Facts): Statement {
  const { role, vendorPrincipals, externalIds, validator } = facts;
  const world = role && trustWorld(role);
  // Of an identity provider that many customers share, the vendor is one.
  const open = role === undefined ? [] : sharedProviders(role);
  const callers = vendorPrincipals.filter((principal) => !open.includes(principal));
  const vendor: RequestSet = { callers, ...(externalIds.length > 0 && { context: { "sts:ExternalId": externalIds } }) };
  const permitted: RequestSet[] = [
    ...(callers.length > 0 ? [vendor] : []),
    // A session of the role gains nothing by assuming the role again.
    ...(role === undefined ? [] : [{ callers: [role.arn] }]),
    ...(validator ? [{ callers: [validator.principalArn], context: { "sts:RoleSessionName": validator.sessionName } }] : []),
  ];
  const withId =
    externalIds.length === 0 ? "" : `, and only with ${externalIds.length === 1 ? "the external ID" : "one of the external IDs"}`;
  return {
    id: PROOF_IDS.assumed,
    title: `nobody but the vendor can assume the role${withId}`,
    expected: "denied",
    subject: "role",
    remedy: "let the trust policy name the vendor's principal only, with StringEquals on sts:ExternalId where there is one",
    questions:
      world === undefined
        ? []
        : [
            ...nobodyQuestions([world], { actions: ASSUMING_ACTIONS, resources: [role!.arn] }, permitted),
            ...unknownCallerQuestions(world, role!),
          ],
  };
}

export function assumedWithEach(facts: Facts): Statement {
  const { callers, externalIds, assumingContext, keys } = facts;
  const role = facts.forVendor.role ?? facts.role;
  const world = role && trustWorld(role);
  const ids: readonly (string | undefined)[] = externalIds.length === 0 ? [undefined] : externalIds;
  return {
    id: PROOF_IDS.externalIds,
    title:
      externalIds.length < 2 ? "each principal of the vendor can assume the role" : "the vendor can assume the role with each external ID",
    expected: "allowed",
    subject: "role",
    remedy: "let the trust policy accept each principal and each external ID of the vendor",
    questions:
      world === undefined
        ? []
        : callers.assuming.flatMap((caller) =>
            ids.map((id) => {
              const context = { ...assumingContext, ...(id === undefined ? {} : { "sts:ExternalId": id }) };
              return everyQuestion(
                world,
                { callers: [caller], actions: ["sts:AssumeRole"], resources: [role!.arn], context },
                keys["sts:AssumeRole"]!,
              );
            }),
          ),
  };
}

/** Of all accounts in the vendor's organization, only the vendor has access. */
export function vendorOrganization(facts: Facts, organization: string): Statement {
  const { bucketArn, vendorPrincipals, role, isRoleAssumed, bucket } = facts;
  const ofOrganization = { context: { "aws:PrincipalOrgID": organization } };
  const own = [bucket?.account, role?.account].filter((account) => account !== undefined);
  const permitted: RequestSet[] = [...own, ...vendorPrincipals].map((caller) => ({ callers: [caller] }));
  const trust = isRoleAssumed && role ? [trustWorld(role)] : [];
  return {
    id: PROOF_IDS.vendorOrganization,
    title: `nobody else of the vendor's organization ${organization} can do anything to the bucket${isRoleAssumed ? " or assume the role" : ""}`,
    expected: "denied",
    subject: isRoleAssumed ? "roleAndBucket" : "bucket",
    remedy: "name the vendor's principal where the policies allow its whole organization",
    questions: [
      ...nobodyQuestions(bucketWorlds(facts), { resources: [bucketArn, `${bucketArn}/*`], ...ofOrganization }, permitted),
      ...nobodyQuestions(trust, { actions: ASSUMING_ACTIONS, resources: [role?.arn ?? ""], ...ofOrganization }, permitted),
    ],
  };
}
