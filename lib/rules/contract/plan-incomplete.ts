import type { RuleInfo } from "../rule";

export const planIncomplete: RuleInfo = {
  id: "plan-incomplete",
  title: "part of the plan could not be read",
  severity: "info",
  reason: "Nothing in that part was checked",
  details:
    "The message names what could not be read: a module that is not beside the plan, a resource that this program cannot read, or " +
    "more instances than it follows. `terraform get` and `terraform init -backend=false` install the modules that a registry or repository provides " +
    "below `.terraform/modules`, where the program reads them. Neither needs credentials for AWS.",
  remedy:
    "check the output of terraform show -json, in which everything is resolved; for modules that are not installed, terraform get is enough",
  source: "https://developer.hashicorp.com/terraform/internals/json-format",
};
