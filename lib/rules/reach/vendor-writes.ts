/** Whether a vendor can write an object of its destination. */
import { type DeliveryContract, substituteOwnAccount } from "../../contract";
import { type CompiledPolicy, compilePolicy, decide, type Policies, type Verdict } from "../../evaluate";
import { roleOf } from "../../judge";
import { matches, s3Resource } from "../patterns";
import type { JudgedBucket } from "../rule";
import { resourcesOf } from "../statements";
import { ownPolicies } from "./role-policies";
import { sessionRequest } from "./session-context";

const FULL_ACCESS = compilePolicy({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }, "identity");

/** @param key ends in `/` for a folder, and is empty for the whole bucket */
export function mayVendorWrite(key: string, destination: JudgedBucket): "yes" | "no" | "unknown" {
  const answers = destination.contracts.map((contract) => ofContract(contract, key, destination));
  return answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
}

function ofContract(contract: DeliveryContract, key: string, { bucket, policies: ofBucket, model, account }: JudgedBucket) {
  const role = roleOf(contract, model);
  const [resourcePolicy] = ofBucket;
  const [principal = ""] = role === undefined ? substituteOwnAccount(contract.vendorPrincipals) : [substituteOwnAccount(role.arn)];
  const identity = role === undefined ? { identityPolicies: [FULL_ACCESS] } : ownPolicies(role);
  const policies: Policies = { ...identity, ...(resourcePolicy && { resourcePolicy }) };
  // Without its role, nothing but the contract tells what the vendor may write.
  const isOpen = role === undefined && contract.role !== undefined;
  const statements = [...(policies.identityPolicies ?? []), ...ofBucket].flatMap((policy: CompiledPolicy) => policy.statements);
  const own = principal.split(":")[4] ?? account.id;
  const session = { principal, account: own, resourceAccount: role === undefined ? account.id : own };
  const verdicts = keysToTry(key, contract, statements.flatMap(resourcesOf)).map(
    (each): Verdict =>
      decide(sessionRequest(session, { action: "s3:PutObject", resource: `${bucket.arn}/${each}` }, statements), policies).verdict,
  );
  if (isOpen) return "unknown";
  return verdicts.includes("Allowed") ? "yes" : verdicts.includes("unknown") ? "unknown" : "no";
}

/** The key; for a folder, keys in it that a statement may name. */
function keysToTry(key: string, { keyPrefix }: DeliveryContract, resources: readonly string[]): string[] {
  const named = [keyPrefix, ...resources.flatMap((text) => s3Resource(text)?.key ?? [])].map((text) => `${text.replace(/[*?]/g, "x")}x`);
  if (key !== "" && !key.endsWith("/")) return [key];
  return [`${key}x`, ...named.filter((each) => matches(`${key}*`, each))];
}
