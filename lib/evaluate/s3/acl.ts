import { and, hasUnknown, MAYBE, NO, or, type Ternary, unknownsIn, YES } from "../../unknown";
import type { Flag, Policies } from "../policies";
import type { CompiledRequest } from "../request";
import type { StatementReference } from "../types";

const CANNED_ACL = "s3:x-amz-acl";
const GRANTS = ["read", "write", "read-acp", "write-acp", "full-control"].map((name) => `s3:x-amz-grant-${name}`);
/** Condition keys of the headers by which a request sets an ACL, in lower case. */
export const ACL_KEYS: ReadonlySet<string> = new Set([CANNED_ACL, ...GRANTS]);
const PUBLIC_CANNED_ACLS = ["public-read", "public-read-write", "authenticated-read"];
const PUBLIC_GROUPS = /\/groups\/global\/(allusers|authenticatedusers)/i;
/** The only ACL that a bucket with ACLs switched off accepts. */
const OWNER_ACL = "bucket-owner-full-control";

const OBJECT_ACTIONS = ["s3:putobject", "s3:putobjectacl", "s3:putobjectversionacl"];
const ACL_ACTIONS = [...OBJECT_ACTIONS, "s3:putbucketacl", "s3:createbucket"];

/** Why S3 refuses a request, policies apart. */
export interface Refusal {
  readonly refused: Ternary;
  readonly reason: string;
  readonly missing: readonly string[];
  readonly deciding: readonly StatementReference[];
}

const NONE: readonly never[] = [];

export function aclRefusals(request: CompiledRequest, policies: Policies): readonly Refusal[] {
  if (!request.carriesAcl || !ACL_ACTIONS.includes(request.action)) return NONE;
  if (policies.blockPublicAccess === undefined && policies.objectOwnership === undefined) return NONE;
  const canned = valuesOf(request, [CANNED_ACL]);
  const grants = valuesOf(request, GRANTS);
  return [publicAcl(canned, grants, policies), disabledAcl(canned, grants, request, policies)].filter(({ refused }) => refused !== NO);
}

/** `BlockPublicAcls` rejects a request whose ACL is public. */
function publicAcl(canned: readonly string[], grants: readonly string[], policies: Policies): Refusal {
  const isPublic = or(
    some(canned, (value) => PUBLIC_CANNED_ACLS.includes(value)),
    some(grants, (value) => PUBLIC_GROUPS.test(value)),
  );
  const flag = policies.blockPublicAccess?.blockPublicAcls;
  return {
    refused: and(flagOf(flag), isPublic),
    reason: "Block Public Access (BlockPublicAcls) rejects the public ACL of the request",
    missing: unknownsIn([String(flag), ...canned, ...grants].join(" ")),
    deciding: [],
  };
}

/** With `BucketOwnerEnforced`, ACLs are off: S3 answers `AccessControlListNotSupported` to any but the owner's. */
function disabledAcl(canned: readonly string[], grants: readonly string[], request: CompiledRequest, policies: Policies): Refusal {
  const { objectOwnership = "" } = policies;
  const enforced: Ternary = objectOwnership === "BucketOwnerEnforced" ? YES : hasUnknown(objectOwnership) ? MAYBE : NO;
  const other = or(
    some(canned, (value) => value !== OWNER_ACL),
    grants.length > 0 ? YES : NO,
  );
  return {
    refused: request.action === "s3:createbucket" ? NO : and(enforced, other),
    reason: "Object Ownership (BucketOwnerEnforced) switches ACLs off, and the request carries one",
    missing: unknownsIn([objectOwnership, ...canned].join(" ")),
    deciding: [],
  };
}

/**
 * Further actions that the request needs: an ACL in a `PutObject` request needs `s3:PutObjectAcl` too.
 *
 * Asked only where the bucket's Object Ownership is given: else the one action is judged, as IAM would. Whether S3 asks for it when
 * the ACL is `bucket-owner-full-control` and ACLs are off is not documented; it is taken as needed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function impliedActions(request: CompiledRequest, policies: Policies): readonly string[] {
  if (!request.carriesAcl || policies.objectOwnership === undefined || request.action !== "s3:putobject") return NONE;
  return ["s3:PutObjectAcl"];
}

/** A setting that is not there is off. */
export function flagOf(flag: Flag | undefined): Ternary {
  if (flag === true || flag === "true") return YES;
  return typeof flag === "string" && hasUnknown(flag) ? MAYBE : NO;
}

function valuesOf(request: CompiledRequest, keys: readonly string[]): string[] {
  const found: string[] = [];
  for (const key of keys) {
    const values = request.context.get(key);
    if (values !== undefined) found.push(...values.filter((value) => value !== ""));
  }
  return found;
}

function some(values: readonly string[], test: (value: string) => boolean): Ternary {
  return values.reduce<Ternary>((sum, value) => or(sum, hasUnknown(value) ? MAYBE : test(value) ? YES : NO), NO);
}
