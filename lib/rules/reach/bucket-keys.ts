/** The KMS keys of the destinations, which their vendors may use. */
import { type CompiledStatement, memoizeByObject } from "../../evaluate";
import { callersOf, encryptionKeyOf, mayUseKey, roleOf } from "../../judge";
import type { JudgedBucket, JudgedServiceGrant } from "../rule";
import { actionsOf } from "../statements";

/** The actions on a key that a vendor may need in order to upload and to read. */
const USE = /^kms:(?:encrypt|decrypt|reencrypt(?:from|to|\*)?|generatedatakey(?:\*|withoutplaintext)?|describekey)$/i;

/** Whether the statement allows no more than the use of the key that a destination encrypts with. */
export function isUseOfBucketKey(statement: CompiledStatement, { grant, destinations }: JudgedServiceGrant): boolean {
  if (!grant.type.startsWith("aws_kms_")) return false;
  const actions = actionsOf(statement);
  return actions.length > 0 && actions.every((action) => USE.test(action)) && keysOf(destinations).has(grant.address);
}

/** Addresses of the policies and grants of the keys. */
const keysOf = memoizeByObject((destinations: readonly JudgedBucket[]) => new Set(destinations.flatMap(addressesOf)));

function addressesOf({ bucket, contracts: [contract], model }: JudgedBucket): (string | undefined)[] {
  if (contract === undefined || !mayUseKey(bucket)) return [];
  const role = roleOf(contract, model);
  const callers = callersOf(contract, { bucket, role, organizations: model.organizations });
  const { ownPolicies, grants } = encryptionKeyOf({ bucket, role, callers, kms: model.kms });
  return [...ownPolicies, ...grants].map(({ location }) => location.address);
}
