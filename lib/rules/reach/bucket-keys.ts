/** The KMS keys of the destinations, which their vendors may use. */
import type { CompiledStatement } from "../../evaluate";
import { callersOf, encryptionKeyOf, mayUseKey, roleOf } from "../../judge";
import type { JudgedBucket, JudgedServiceGrant } from "../rule";
import { actionsOf } from "../statements";

/** What a vendor may have to do to a key in order to upload and to read. */
const USE = /^kms:(?:encrypt|decrypt|reencrypt(?:from|to|\*)?|generatedatakey(?:\*|withoutplaintext)?|describekey)$/i;

/** Whether the statement allows no more than the use of the key by which a destination encrypts. */
export function isUseOfBucketKey(statement: CompiledStatement, { grant, destinations }: JudgedServiceGrant): boolean {
  if (!grant.type.startsWith("aws_kms_")) return false;
  const actions = actionsOf(statement);
  return actions.length > 0 && actions.every((action) => USE.test(action)) && keysOf(destinations).has(grant.address);
}

const known = new WeakMap<readonly JudgedBucket[], ReadonlySet<string | undefined>>();

/** Addresses of the policies and grants of the keys. */
function keysOf(destinations: readonly JudgedBucket[]): ReadonlySet<string | undefined> {
  let found = known.get(destinations);
  if (found === undefined) {
    found = new Set(destinations.flatMap(addressesOf));
    known.set(destinations, found);
  }
  return found;
}

function addressesOf({ bucket, contracts: [contract], model }: JudgedBucket): (string | undefined)[] {
  if (contract === undefined || !mayUseKey(bucket)) return [];
  const role = roleOf(contract, model);
  const callers = callersOf(contract, { bucket, role, organizations: model.organizations });
  const { ownPolicies, grants } = encryptionKeyOf({ bucket, role, callers, kms: model.kms });
  return [...ownPolicies, ...grants].map(({ location }) => location.address);
}
