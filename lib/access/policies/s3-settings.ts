/**
 * What S3 refuses whatever policies say, by Block Public Access and Object Ownership, in the form of denials.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
import { actionsMatching } from "../data";
import { type Box, type Literal, literal, nameTest, patternOf, positive, stringTest, unknownLiteral } from "../sets";
import { hasUnknown, showUnknown } from "../unknown";
import { readDocument } from "./document";
import { ACTION } from "./keys";
import { type Certainty, isPublic } from "./public";
import type { Context } from "./statement";
import { exactly } from "./texts";
import type { Setting } from "./types";

const CANNED_ACL = "s3:x-amz-acl";
const GRANT_HEADERS = ["read", "write", "read-acp", "write-acp", "full-control"].map((name) => `s3:x-amz-grant-${name}`);
/** Keys of the headers by which a request sets an ACL. */
export const ACL_KEYS: readonly string[] = [CANNED_ACL, ...GRANT_HEADERS];
/** The origin of the denial of a `PutObject` request that carries an ACL and may lack `s3:PutObjectAcl`. */
export const IMPLIED_ACL_ACTION = "s3:PutObjectAcl, which the ACL of a PutObject request needs";
const OWNER_ACL = "bucket-owner-full-control";

const OBJECT_ACTIONS = ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"];
const ON_OBJECT = onActions(...OBJECT_ACTIONS, "s3:PutBucketAcl");
const ON_PUT = onActions("s3:PutObject");
const ON_S3 = positive(ACTION, nameTest(actionsMatching("s3:*")));

function onActions(...names: string[]): Literal {
  return positive(ACTION, nameTest(names));
}

export function settingDenials(context: Context): readonly Box[] {
  return [...publicPolicy(context), ...publicAcls(context), ...disabledAcls(context), ...impliedAction(context)];
}

/** `RestrictPublicBuckets`: while the policy is public, only services and the owner's account have access. */
function publicPolicy({ caller, world }: Context): Box[] {
  const { blockPublicAccess, resourcePolicy } = world;
  if (caller.isOwn || caller.kind === "service" || resourcePolicy === undefined) return [];
  const status = isPublic(readDocument(resourcePolicy, "resource"));
  return where(weakest(stateOf(blockPublicAccess?.restrictPublicBuckets), status), [ON_S3], {
    text: "Block Public Access (RestrictPublicBuckets)",
    missing: [status === "unknown" ? "whether the bucket policy is public" : String(blockPublicAccess?.restrictPublicBuckets)],
  });
}

function publicAcls({ world: { blockPublicAccess } }: Context): Box[] {
  const state = stateOf(blockPublicAccess?.blockPublicAcls);
  if (state === "no") return [];
  const origin = { text: "Block Public Access (BlockPublicAcls)", missing: [String(blockPublicAccess?.blockPublicAcls)] };
  return PUBLIC_ACLS.flatMap((acl) => where(state, [ON_OBJECT, acl], origin));
}

const PUBLIC_GROUPS = stringTest(
  ["*/groups/global/allusers*", "*/groups/global/authenticatedusers*"].map((text) => patternOf([text], { wildcards: true })),
  { ignoresCase: true },
);
const PUBLIC_ACLS: readonly Literal[] = [
  positive(CANNED_ACL, exactly("public-read", "public-read-write", "authenticated-read")),
  ...GRANT_HEADERS.map((key) => positive(key, PUBLIC_GROUPS)),
];

/** With `BucketOwnerEnforced`, S3 accepts no ACL except full control of the owner. */
function disabledAcls({ world: { objectOwnership = "" } }: Context): Box[] {
  const state: Certainty = objectOwnership === "BucketOwnerEnforced" ? "yes" : hasUnknown(objectOwnership) ? "unknown" : "no";
  if (state === "no") return [];
  const origin = { text: "Object Ownership (BucketOwnerEnforced)", missing: [objectOwnership] };
  const other: Literal = literal({
    attribute: CANNED_ACL,
    whenAbsent: false,
    whenEmpty: false,
    whenPresent: { test: exactly(OWNER_ACL), inverted: true, quantifier: "some" },
  });
  return [where(state, [ON_OBJECT, other], origin), ...GRANT_HEADERS.map((key) => where(state, [ON_OBJECT, isSet(key)], origin))].flat();
}

/**
 * An ACL in a `PutObject` request needs `s3:PutObjectAcl` too. Such a request is therefore never certainly allowed by `s3:PutObject` alone.
 * A question about what must work asks about both actions.
 */
function impliedAction({ world: { objectOwnership } }: Context): Box[] {
  if (objectOwnership === undefined) return [];
  const origin = { text: IMPLIED_ACL_ACTION, missing: ["whether s3:PutObjectAcl is allowed too"] };
  return ACL_KEYS.flatMap((key) => where("unknown", [ON_PUT, isSet(key)], origin));
}

function isSet(key: string): Literal {
  return literal({ attribute: key, whenAbsent: false, whenEmpty: false, whenPresent: true });
}

function where(state: Certainty, literals: readonly Literal[], { text, missing }: { text: string; missing: readonly string[] }): Box[] {
  if (state === "no") return [];
  const shown = missing.map(showUnknown);
  if (state === "yes") return [{ literals, origin: { text, missing: [] } }];
  return [{ literals: [...literals, unknownLiteral("setting", shown, text)], origin: { text, missing: shown } }];
}

/** A setting that is absent is off. */
function stateOf(setting: Setting): Certainty {
  if (setting === true || setting === "true") return "yes";
  return typeof setting === "string" && hasUnknown(setting) ? "unknown" : "no";
}

function weakest(a: Certainty, b: Certainty): Certainty {
  return a === "no" || b === "no" ? "no" : a === "yes" && b === "yes" ? "yes" : "unknown";
}
