import { namedPrincipals } from "../../judge";
import { namesBucket } from "../reach/flow-source";
import type { Rule } from "../rule";
import { includesAction, listed } from "../statements";

export const distributionServesDeliveries: Rule = {
  id: "distribution-serves-deliveries",
  title: "a service serves deliveries to its viewers",
  severity: "high",
  reason: "An Amazon CloudFront distribution serves its origins to everybody unless its behaviors require signed URLs or cookies",
  details:
    "Methods of Amazon API Gateway and data sources of AWS AppSync serve objects, too. If all behaviors of the origin require signed URLs or cookies, or if the bucket policy lets CloudFront read and the distribution is not in the " +
    "input, the plan does not show who the viewers are, and the exit code is 3.",
  remedy: "serve another bucket, or remove the origin",
  source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
  dataFlow: ({ flow, destinations, isSourceKnown }) => {
    if (flow.kind !== "distribution") return undefined;
    const names = listed(destinations.map(({ bucket }) => bucket.name));
    if (isSourceKnown && flow.recipients.includes("*")) return `${flow.means} serves ${names} to everybody`;
    return { detail: `whom ${flow.means} serves ${names} to: ${listed(flow.recipients)}`, isUnknown: true };
  },
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, { bucket, contracts, model }) => {
    if (bucket === undefined || contracts.length === 0) return undefined;
    const services = namedPrincipals(statement).services.filter((service) => /^cloudfront\./.test(service));
    if (services.length === 0 || !["s3:GetObject", "s3:GetObjectVersion"].some((action) => includesAction(statement, action)))
      return undefined;
    const isServed = (model.dataFlows ?? []).some(({ kind, source }) => kind === "distribution" && namesBucket(source, bucket.bucket));
    return isServed
      ? undefined
      : { detail: `${listed(services)} may read objects for the viewers of a distribution that is not in the input`, isUnknown: true };
  },
};
