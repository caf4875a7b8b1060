import { accountOf, substituteOwnAccount } from "../../contract";
import { callersOf, encryptionKeyOf, mayUseKey, ownDocument, roleOf } from "../../judge";
import type { PlannedKeyGrant, PlannedPolicy } from "../../plan";
import { showUnknown } from "../../unknown";
import { keyOpening } from "../reach/key-access";
import { belongingOf } from "../reach/recipients";
import type { JudgedBucket, Rule, RuleFault } from "../rule";

export const keyForOthers: Rule = {
  id: "key-for-others",
  title: "somebody whom no contract names can use the KMS key of the bucket",
  severity: "medium",
  reason: "Whoever can use the key can decrypt copies of the deliveries, and whoever can change it can lock out you and the vendor",
  details:
    "The rule reads the key policies and the grants in the input, and proves for every request who can use the key. The vendors of the bucket may " +
    "use it, services of AWS may too, and your own account may do everything. If the plan does not show whom a policy or grant allows, the exit code is 3.",
  remedy: "remove the principal from the key policy, or remove the grant",
  source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  bucket: (judged) => {
    const { bucket, contracts, model } = judged;
    const [contract] = contracts;
    if (contract === undefined || !mayUseKey(bucket)) return undefined;
    const role = roleOf(contract, model);
    const callers = callersOf(contract, { bucket, role, organizations: model.organizations });
    const key = encryptionKeyOf({ bucket, role, callers, kms: model.kms });
    if (!key.isKnown || key.isAwsManaged) return undefined;
    const policies = key.isWritten ? key.ownPolicies.flatMap((policy) => policyFaults(policy, key, judged)) : [];
    return [...policies, ...key.grants.flatMap((grant) => grantFaults(grant, judged))];
  },
};

function policyFaults(policy: PlannedPolicy, { arn, account }: { arn: string; account: string }, judged: JudgedBucket): RuleFault[] {
  const { location } = policy;
  const document = ownDocument(policy);
  if (typeof document !== "object")
    return [{ detail: `whom ${showUnknown(String(document))} allows to use the key`, location, isUnknown: true }];
  const own = judged.account.id;
  const opening = keyOpening({ arn: substituteOwnAccount(arn), account, ownAccounts: [own], document, vendors: vendorsOf(judged) });
  if (opening === undefined) return [];
  const { outcome, cause, witness } = opening;
  // A numbered account in the policy may be the own one.
  const stranger = accountOf(witness?.principal ?? "");
  const mayBeOwn = !judged.account.isKnown && stranger !== undefined && JSON.stringify(document).includes(stranger);
  return [{ detail: cause, location, ...((outcome === "unknown" || mayBeOwn) && { isUnknown: true }) }];
}

function grantFaults({ grantee, operations, location, encryptionContexts }: PlannedKeyGrant, judged: JudgedBucket): RuleFault[] {
  const { account, model } = judged;
  if (SERVICE.test(grantee) || vendorsOf(judged).includes(substituteOwnAccount(grantee))) return [];
  const belonging = belongingOf(grantee, { model, account });
  if (belonging === "own") return [];
  const isOpen = belonging === "unknown" || encryptionContexts.some((context) => typeof context === "string");
  return [{ detail: `a grant gives ${grantee} ${operations.join(", ")}`, location, ...(isOpen && { isUnknown: true }) }];
}

const SERVICE = /\.amazonaws\.com(\.cn)?$/;

function vendorsOf({ contracts }: JudgedBucket): string[] {
  return substituteOwnAccount(contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals));
}
