import type { Rule } from "../rule";
import { listed } from "../statements";

export const writtenByAnotherTool: Rule = {
  id: "written-by-another-tool",
  title: "another tool may write policies or settings of the destination",
  severity: "medium",
  reason:
    "Templates of AWS CloudFormation, resources of AWS Cloud Control API and of the provider hashicorp/awscc, and commands are not judged. What they " +
    "write replaces what Terraform has written",
  details:
    "The rule finds tools that name the bucket or the vendor's role, and those that define a role for somebody other than a service or the stack's own account. Of a command of " +
    "any program, it finds the names; `echo` and `printf` change nothing. The rule never fails a check: the exit code is 3.",
  remedy: "define the policies and settings of the destination with resources of the provider hashicorp/aws",
  source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html",
  dataFlow: ({ flow, destinations }) =>
    flow.kind === "tool"
      ? { detail: `what ${flow.means} changes in ${listed(destinations.map(({ bucket }) => bucket.name))}`, isUnknown: true }
      : undefined,
};
