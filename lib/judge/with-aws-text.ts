import type { PlannedPolicy } from "../plan";
import { isUnknown, unknownsIn } from "../unknown";
import { awsManagedDocument } from "./aws-managed-policies";

const AWS_MANAGED = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;
const withTexts = new WeakMap<PlannedPolicy, PlannedPolicy>();

/** The policy; for an AWS managed policy that is listed, with its text. */
export function withAwsText(policy: PlannedPolicy): PlannedPolicy {
  if (!isUnknown(policy.document)) return policy;
  const name = unknownsIn(policy.document).flatMap((source) => AWS_MANAGED.exec(source)?.[1] ?? [])[0];
  if (name === undefined) return policy;
  let found = withTexts.get(policy);
  if (found === undefined) {
    const document = awsManagedDocument(name);
    found = document === undefined ? policy : { ...policy, document };
    withTexts.set(policy, found);
  }
  return found;
}
