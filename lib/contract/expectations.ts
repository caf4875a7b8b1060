/** What callers can and cannot do, by the terms of a delivery. */
import { memoize } from "../evaluate";
import { phrase, verb } from "./action-phrases";
import { isWholeAccount } from "./principals";
import { VALIDATION_SESSION_NAME } from "./terms";
import type { Actor, ContractTerms, Expectation } from "./types";

/** Last part of the keys in expectations. */
const SAMPLE_OBJECT = VALIDATION_SESSION_NAME;

const NO_CONTEXT: Expectation["context"] = {};
const OVER_HTTP: Expectation["context"] = { "aws:SecureTransport": "false" };

/** Object actions that the vendor must not have unless it documents them. */
const NEVER_ON_OBJECTS = ["s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl"];
/** Bucket actions that the vendor must not have unless it documents them. */
const NEVER_ON_BUCKET = [
  "s3:GetBucketPolicy",
  "s3:PutBucketPolicy",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:DeleteBucket",
];

/** Who must be able to assume the role, and who must not. */
export function trustExpectations({ door, role, vendorPrincipals, externalIds }: ContractTerms): Expectation[] {
  if (door !== "assumedRole" || role === undefined) return [];
  const assume = (fields: Omit<Expectation, "action" | "resource" | "context">): Expectation => {
    const { id, title, actor, expected, why } = fields;
    return { id, title, actor, action: "sts:AssumeRole", resource: role.arn, context: NO_CONTEXT, expected, why };
  };
  const expectations = [
    assume({
      id: "vendor-can-assume-role",
      title: "the vendor can assume the role",
      actor: "vendor",
      expected: "allowed",
      why: "a delivery starts with it",
    }),
  ];
  if (externalIds.length > 0) {
    expectations.push(
      assume({
        id: "vendor-cannot-assume-role-without-external-id",
        title: "the vendor cannot assume the role without the external ID",
        actor: "vendorWithoutExternalId",
        expected: "denied",
        why: "otherwise another customer of the vendor could make the vendor use this role",
      }),
    );
  }
  // If the trust policy names a whole account, the vendor decides which of its principals assume the role.
  if (!vendorPrincipals.some(isWholeAccount)) {
    expectations.push(
      assume({
        id: "stranger-in-vendor-account-cannot-assume-role",
        title: "another principal of the vendor's account cannot assume the role",
        actor: "strangerInVendorAccount",
        expected: "denied",
        why: "the trust policy is for the vendor's own principal",
      }),
    );
  }
  const why = "the trust policy is for the vendor only";
  expectations.push(
    assume({
      id: "stranger-cannot-assume-role",
      title: "another account cannot assume the role",
      actor: "strangerAccount",
      expected: "denied",
      why,
    }),
    assume({
      id: "anonymous-cannot-assume-role",
      title: "an anonymous caller cannot assume the role",
      actor: "anonymous",
      expected: "denied",
      why,
    }),
  );
  return expectations;
}

/** What the vendor must be able to do, and what it must not. */
export function vendorExpectations(terms: ContractTerms): Expectation[] {
  return [...vendorCanExpectations(terms), ...vendorCannotExpectations(terms)];
}

function vendorCanExpectations({ bucket, exercised, keyPrefixes }: ContractTerms): Expectation[] {
  const allowed = (id: string, title: string, request: Pick<Expectation, "action" | "resource">): Expectation => {
    const { action, resource } = request;
    return { id, title, actor: "vendor", action, resource, context: NO_CONTEXT, expected: "allowed", why: "documented" };
  };
  return [
    ...exercised.bucketActions.map((action) =>
      allowed(`vendor-can-${verb(action)}`, vendorCan(phrase(action)), { action, resource: bucket.arn }),
    ),
    ...exercised.objectActions.flatMap((action) =>
      prefixesOf(keyPrefixes).map((prefix, index) =>
        allowed(
          `vendor-can-${verb(action)}${index === 0 ? "" : `-${index + 1}`}`,
          vendorCan(`${phrase(action)}${prefix === "" ? "" : ` under ${prefix}`}`),
          { action, resource: `${bucket.arn}/${prefix}${SAMPLE_OBJECT}` },
        ),
      ),
    ),
  ];
}

function vendorCannotExpectations({ door, bucket, granted, keyPrefixes }: ContractTerms): Expectation[] {
  const prefixes = prefixesOf(keyPrefixes);
  const object = `${bucket.arn}/${prefixes[0]}${SAMPLE_OBJECT}`;
  const overHttp = "the bucket accepts HTTPS only";
  const denied: Expectation[] = [
    vendorCannot({
      id: "vendor-cannot-put-over-http",
      title: "the vendor cannot put an object over plain HTTP",
      action: "s3:PutObject",
      resource: object,
      context: OVER_HTTP,
      why: overHttp,
    }),
    vendorCannot({
      id: "vendor-cannot-list-over-http",
      title: "the vendor cannot list the bucket over plain HTTP",
      action: "s3:ListBucket",
      resource: bucket.arn,
      context: OVER_HTTP,
      why: overHttp,
    }),
  ];
  const forbid = (action: string, resource: string, why: string) =>
    denied.push(vendorCannot({ id: vendorCannotId(action), title: vendorCannotTitle(action), action, resource, why }));
  for (const action of NEVER_ON_OBJECTS) {
    if (!grants(granted.objectActions, action)) forbid(action, object, "the vendor does not need it");
  }
  for (const action of NEVER_ON_BUCKET) {
    if (!grants(granted.bucketActions, action)) forbid(action, bucket.arn, "only the customer manages the bucket");
  }
  // A bucket policy applies to its own bucket only; the policies of a role can reach others.
  if (door === "assumedRole") {
    const other = `${bucket.arn}-other`;
    const why = "the grant covers this bucket only";
    denied.push(
      vendorCannot({
        id: "vendor-cannot-put-into-another-bucket",
        title: "the vendor cannot put an object into another bucket",
        action: "s3:PutObject",
        resource: `${other}/${SAMPLE_OBJECT}`,
        why,
      }),
      vendorCannot({
        id: "vendor-cannot-list-another-bucket",
        title: "the vendor cannot list another bucket",
        action: "s3:ListBucket",
        resource: other,
        why,
      }),
    );
  }
  if (granted.endsAtPrefix && !prefixes.includes("")) {
    denied.push(
      vendorCannot({
        id: "vendor-cannot-put-outside-prefix",
        title: "the vendor cannot put an object outside its prefix",
        action: "s3:PutObject",
        resource: `${bucket.arn}/outside-${SAMPLE_OBJECT}`,
        why: "the grant covers the prefix only",
      }),
    );
  }
  return denied;
}

function prefixesOf(keyPrefixes: readonly string[]): readonly string[] {
  return keyPrefixes.length > 0 ? keyPrefixes : [""];
}

type DeniedRequest = Pick<Expectation, "id" | "title" | "action" | "resource" | "why"> & Partial<Pick<Expectation, "context">>;

function vendorCannot({ id, title, action, resource, context = NO_CONTEXT, why }: DeniedRequest): Expectation {
  return { id, title, actor: "vendor", action, resource, context, expected: "denied", why };
}

/** Contracts share these texts, so each is made once. */
const vendorCan = memoize((what) => `the vendor can ${what}`);
const vendorCannotTitle = memoize((action) => `the vendor cannot ${phrase(action)}`);
const vendorCannotId = memoize((action) => `vendor-cannot-${verb(action)}`);

const STRANGERS: readonly { readonly actor: Actor; readonly id: string; readonly who: string }[] = [
  { actor: "strangerInVendorAccount", id: "stranger-in-vendor-account", who: "another principal of the vendor's account" },
  { actor: "strangerAccount", id: "stranger", who: "another account" },
  { actor: "anonymous", id: "anonymous", who: "an anonymous caller" },
];

/** What strangers must not do: the same in every contract. */
const NEVER_BY_STRANGERS = STRANGERS.flatMap(({ actor, id, who }) =>
  ["s3:PutObject", "s3:GetObject", "s3:ListBucket"].map((action) => ({
    id: `${id}-cannot-${verb(action)}`,
    title: `${who} cannot ${phrase(action)}`,
    actor,
    action,
    context: NO_CONTEXT,
    expected: "denied" as const,
    why: "the bucket is for the vendor and the customer only",
  })),
);

/** What everybody except the vendor and the customer must not do. */
export function strangerExpectations({ bucket, keyPrefixes, vendorPrincipals }: ContractTerms): Expectation[] {
  const object = `${bucket.arn}/${keyPrefixes[0] ?? ""}${SAMPLE_OBJECT}`;
  const trustsWholeAccount = vendorPrincipals.some(isWholeAccount);
  return NEVER_BY_STRANGERS.filter(({ actor }) => !trustsWholeAccount || actor !== "strangerInVendorAccount").map(
    ({ id, title, actor, action, context, expected, why }) => {
      const resource = action === "s3:ListBucket" ? bucket.arn : object;
      return { id, title, actor, action, resource, context, expected, why };
    },
  );
}

/** Whether one of the granted actions, which can contain wildcards, covers the action. */
function grants(actions: readonly string[], action: string): boolean {
  return actions.some(
    (granted) => granted === action || granted === "*" || (granted.endsWith("*") && action.startsWith(granted.slice(0, -1))),
  );
}
