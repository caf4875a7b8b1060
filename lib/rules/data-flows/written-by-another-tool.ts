import type { Rule } from "../rule";
import { listed } from "../statements";

export const writtenByAnotherTool: Rule = {
  id: "written-by-another-tool",
  title: "another tool may write policies or settings of the destination",
  severity: "medium",
  reason:
    "Templates of AWS CloudFormation, resources of AWS Cloud Control API and of the provider hashicorp/awscc, calls that services make later, and commands are not judged. What they " +
    "write replaces what Terraform has written",
  details:
    "The rule finds tools that name the bucket or the vendor's role, and those that define a role for somebody other than a service or the stack's own account. Of a command of " +
    "any program, it finds the names; `echo` and `printf` change nothing. A call that the input holds and that a service makes later (Amazon EventBridge Scheduler, AWS Step Functions, AWS Systems Manager, " +
    "AWS Config, AWS Budgets) counts where it changes policies, settings or roles, not where it reads or writes objects. A function, a program in a cluster or a pipeline that is only told the bucket or the role " +
    "is no tool: it acts with a role of its own, and the delivery role lets in whom its trust policy names. The rule never fails a check: the exit code is 3.",
  remedy: "define the policies and settings of the destination with resources of the provider hashicorp/aws",
  source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html",
  dataFlow: ({ flow, destinations }) =>
    flow.kind === "tool"
      ? { detail: `what ${flow.means} changes in ${listed(destinations.map(({ bucket }) => bucket.name))}`, isUnknown: true }
      : undefined,
};
