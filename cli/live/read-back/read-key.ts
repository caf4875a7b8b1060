/** The KMS key that the bucket encrypts with, its policy and its grants. */
import type { PlannedBucket, PlannedKey, PlannedKeyGrant, PlannedKeys } from "../../../lib/plan";
import { hasUnknown, unknownText } from "../../../lib/unknown";
import type { Operations } from "../../aws";
import { type AccountReader, contentOf, isFailure, livePolicy, unreadPolicy } from "./account-reader";

/** Undefined if the bucket does not encrypt with KMS, or uses the key `aws/s3`, which is the default. */
export async function readKey({ encryption, kmsKeyId }: PlannedBucket, reader: AccountReader): Promise<PlannedKeys | undefined> {
  if (!encryption?.startsWith("aws:kms") || kmsKeyId === undefined || hasUnknown(kmsKeyId)) return undefined;
  const described = await reader.read("kms:DescribeKey", { KeyId: kmsKeyId });
  const metadata = contentOf(described)?.KeyMetadata;
  const arn = metadata?.Arn ?? kmsKeyId;
  const location = { file: arn, address: "key policy" };
  const key = { address: arn, location, names: [arn], account: metadata?.AWSAccountId ?? accountIn(arn) };
  if (metadata === undefined) {
    const isMissing = isFailure(described) && described.code === "NotFoundException";
    const told = isMissing ? { unusable: "it does not exist" } : {};
    return { keys: [{ ...key, policy: unreadPolicy("kms:DescribeKey", location), ...told }], policies: [], aliases: [], grants: [] };
  }
  const [policy, grants] = await Promise.all([
    reader.read("kms:GetKeyPolicy", { KeyId: arn, PolicyName: "default" }),
    readGrants(arn, reader),
  ]);
  const unusable = whyUnusable(metadata);
  const live: PlannedKey = {
    ...key,
    policy: isFailure(policy) ? unreadPolicy("kms:GetKeyPolicy", location) : livePolicy(contentOf(policy)?.Policy ?? "", location),
    ...(unusable !== undefined && { unusable }),
  };
  // The bucket may name the key by an alias, or by its ID.
  const aliases = arn === kmsKeyId ? [] : [{ names: [kmsKeyId], key: arn }];
  return { keys: [live], policies: [], aliases, grants };
}

function accountIn(arn: string): string {
  return /^arn:[\w-]+:kms:[\w-]*:(\d{12}):/.exec(arn)?.[1] ?? unknownText("the account of the KMS key");
}

type Metadata = NonNullable<Operations["kms:DescribeKey"][1]["KeyMetadata"]>;

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
function whyUnusable({ KeyState, KeySpec, KeyUsage }: Metadata): string | undefined {
  if (KeyState !== undefined && !["Enabled", "Creating", "Updating"].includes(KeyState))
    return STATES[KeyState] ?? `its state is ${KeyState}`;
  if (KeySpec !== undefined && KeySpec !== "SYMMETRIC_DEFAULT") return "it is not symmetric";
  return KeyUsage === undefined || KeyUsage === "ENCRYPT_DECRYPT" ? undefined : `its usage is ${KeyUsage}`;
}

const STATES: Readonly<Record<string, string>> = {
  Disabled: "it is disabled",
  PendingDeletion: "it is scheduled for deletion",
  PendingImport: "its key material is missing",
};

/** A key may have 50,000 grants. */
const MOST_PAGES = 20;
const PAGE = 100;

/** Without the right to list them, or past the limit, a grant may allow anything. */
async function readGrants(arn: string, reader: AccountReader): Promise<PlannedKeyGrant[]> {
  const grants: PlannedKeyGrant[] = [];
  let Marker: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const answer = await reader.read("kms:ListGrants", { KeyId: arn, Limit: PAGE, ...(Marker !== undefined && { Marker }) });
    const page = contentOf(answer);
    if (page === undefined) return [...grants, unreadGrant(arn, "kms:ListGrants")];
    grants.push(...(page.Grants ?? []).map((grant) => liveGrant(arn, grant)));
    if (!page.Truncated || page.NextMarker === undefined) return grants;
    Marker = page.NextMarker;
  }
  return [...grants, unreadGrant(arn, `the grants of the KMS key after the first ${MOST_PAGES * PAGE}`)];
}

type Grant = NonNullable<Operations["kms:ListGrants"][1]["Grants"]>[number];

function liveGrant(key: string, { GrantId, GranteePrincipal = "", Operations = [], Constraints }: Grant): PlannedKeyGrant {
  const { EncryptionContextEquals, EncryptionContextSubset } = Constraints ?? {};
  return {
    key,
    grantee: GranteePrincipal,
    operations: Operations,
    encryptionContexts: [EncryptionContextEquals, EncryptionContextSubset].filter((context) => context !== undefined),
    location: { file: key, address: `grant ${GrantId}` },
  };
}

function unreadGrant(key: string, what: string): PlannedKeyGrant {
  const unread = unknownText(what);
  return { key, grantee: unread, operations: [unread], encryptionContexts: [], location: { file: key, address: "grants" } };
}
