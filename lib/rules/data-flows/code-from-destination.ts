import { hasUnknown } from "../../unknown";
import { mayVendorWrite } from "../reach/vendor-writes";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const codeFromDestination: Rule = {
  id: "code-from-destination",
  title: "code or certificates lie where the vendor can write",
  severity: "high",
  reason: "Whoever writes the object decides what runs with the rights of the resource, or whom it trusts",
  details:
    "The rule finds functions, layers, builds, pipelines, jobs, models, environments, trust stores and commands of machines that read an object of the destination under a key " +
    "that the policies let the vendor write. If the plan does not show the bucket or the key, or if it is not certain that a command, a template or Terraform runs the object, the exit code is 3.",
  remedy: "keep the object in a bucket of its own, or limit the vendor to a prefix",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html",
  dataFlow: ({ flow, destinations, isSourceKnown }) => {
    if (flow.kind !== "code" && flow.kind !== "possibleCode") return undefined;
    const { means, key = "" } = flow;
    const answers = destinations.map((destination) => ({ destination, answer: mayVendorWrite(key, destination) }));
    const open = answers.filter(({ answer }) => answer !== "no");
    if (open.length === 0) return undefined;
    const names = listed(open.map(({ destination }) => destination.bucket.name));
    const what = key === "" ? `any object of ${names}` : hasUnknown(key) ? `an object of ${names}` : `${key} of ${names}`;
    const text = `${means} is ${what}, which the vendor can write`;
    const isCertain = isSourceKnown && open.some(({ answer }) => answer === "yes") && flow.kind === "code";
    return isCertain ? text : { detail: `whether ${text}`, isUnknown: true };
  },
};
