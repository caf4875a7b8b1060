import type { IgnoredChange } from "../../plan";
import type { Rule, RuleAnswer } from "../rule";

export const ignoredChanges: Rule = {
  id: "ignored-changes",
  title: "Terraform ignores changes to an argument that is checked here",
  severity: "medium",
  reason:
    "Terraform writes an argument in lifecycle.ignore_changes only once, when it creates the resource. Later values in the " +
    "configuration may never reach AWS, and manual changes in AWS remain",
  details:
    "The rule covers the policies, the trust policy, the ACL and the settings of buckets and roles. Terraform may ignore tags and " +
    "other arguments.",
  remedy:
    "remove the argument from ignore_changes, or check the output of terraform show -json for a plan, which contains the value in AWS",
  source: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes",
  bucket: ({ bucket: { ignored } }) => ignoredIn(ignored),
  role: ({ role: { ignored } }) => ignoredIn(ignored),
};

function ignoredIn(ignored: readonly IgnoredChange[] = []): RuleAnswer {
  const [first] = ignored;
  return first && { detail: ignored.map(({ address, argument }) => `${address}.${argument}`).join(", "), location: first.location };
}
