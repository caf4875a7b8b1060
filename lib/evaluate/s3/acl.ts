/** What S3 checks about the ACL that a request sets by its headers. */
import { and, hasUnknown, MAYBE, NO, not, or, type Ternary, unknownsIn, YES } from "../../unknown";
import type { Policies } from "../policies";
import type { CompiledRequest } from "../request";
import { CANNED_ACL_KEY, GRANT_KEYS } from "./acl-headers";
import { NO_REFUSALS, type Refusal, settingOf } from "./refusal";

const PUBLIC_CANNED_ACLS = ["public-read", "public-read-write", "authenticated-read"];
const PUBLIC_GROUPS = /\/groups\/global\/(allusers|authenticatedusers)/i;
/** The only ACL that a bucket with disabled ACLs accepts. */
const OWNER_ACL = "bucket-owner-full-control";

const OBJECT_ACTIONS = ["s3:putobject", "s3:putobjectacl", "s3:putobjectversionacl"];
const ACL_ACTIONS = [...OBJECT_ACTIONS, "s3:putbucketacl", "s3:createbucket"];

const NONE: readonly string[] = [];

export function aclRefusals(request: CompiledRequest, policies: Policies): readonly Refusal[] {
  if (!request.carriesAcl || !ACL_ACTIONS.includes(request.action)) return NO_REFUSALS;
  if (policies.blockPublicAccess === undefined && policies.objectOwnership === undefined) return NO_REFUSALS;
  const canned = valuesOf(request, [CANNED_ACL_KEY]);
  const grants = valuesOf(request, GRANT_KEYS);
  return [publicAcl(canned, grants, policies), disabledAcl({ canned, grants, request, policies })].filter(({ refused }) => refused !== NO);
}

/** Whether S3 accepts an object with the canned ACL, whatever the policies say. */
export function acceptsCannedAcl(acl: string, { blockPublicAccess, objectOwnership }: Policies): Ternary {
  const isPublic = PUBLIC_CANNED_ACLS.includes(acl) ? settingOf(blockPublicAccess?.blockPublicAcls) : NO;
  return not(or(isPublic, acl === OWNER_ACL ? NO : isEnforced(objectOwnership)));
}

/** `BlockPublicAcls` rejects a request whose ACL is public. */
function publicAcl(canned: readonly string[], grants: readonly string[], policies: Policies): Refusal {
  const isPublic = or(
    some(canned, (value) => PUBLIC_CANNED_ACLS.includes(value)),
    some(grants, (value) => PUBLIC_GROUPS.test(value)),
  );
  const flag = policies.blockPublicAccess?.blockPublicAcls;
  return {
    refused: and(settingOf(flag), isPublic),
    reason: "Block Public Access (BlockPublicAcls) rejects the public ACL of the request",
    missing: unknownsIn([String(flag), ...canned, ...grants].join(" ")),
    deciding: [],
  };
}

/** `BucketOwnerEnforced` disables ACLs: S3 answers `AccessControlListNotSupported` to any but the owner's. */
function disabledAcl(given: {
  readonly canned: readonly string[];
  readonly grants: readonly string[];
  readonly request: CompiledRequest;
  readonly policies: Policies;
}): Refusal {
  const { canned, grants, request, policies } = given;
  const { objectOwnership = "" } = policies;
  const other = or(
    some(canned, (value) => value !== OWNER_ACL),
    grants.length > 0 ? YES : NO,
  );
  return {
    refused: request.action === "s3:createbucket" ? NO : and(isEnforced(objectOwnership), other),
    reason: "Object Ownership (BucketOwnerEnforced) switches ACLs off, and the request carries one",
    missing: unknownsIn([objectOwnership, ...canned].join(" ")),
    deciding: [],
  };
}

/**
 * Further actions that the request needs: an ACL in a `PutObject` request needs `s3:PutObjectAcl` too.
 *
 * This holds only where the bucket's Object Ownership is given. Without it, the one action is judged, as IAM would judge it. AWS does not
 * document whether S3 needs the permission for `bucket-owner-full-control` while ACLs are disabled; here it does.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function impliedActions(request: CompiledRequest, policies: Policies): readonly string[] {
  if (!request.carriesAcl || policies.objectOwnership === undefined || request.action !== "s3:putobject") return NONE;
  return ["s3:PutObjectAcl"];
}

function valuesOf(request: CompiledRequest, keys: readonly string[]): string[] {
  const found: string[] = [];
  for (const key of keys) {
    const values = request.context.get(key);
    if (values !== undefined) found.push(...values.filter((value) => value !== ""));
  }
  return found;
}

function isEnforced(objectOwnership = ""): Ternary {
  return objectOwnership === "BucketOwnerEnforced" ? YES : hasUnknown(objectOwnership) ? MAYBE : NO;
}

function some(values: readonly string[], test: (value: string) => boolean): Ternary {
  return values.reduce<Ternary>((sum, value) => or(sum, hasUnknown(value) ? MAYBE : test(value) ? YES : NO), NO);
}
