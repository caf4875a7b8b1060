import { isServicePrefix } from "../../access/data";
import { namedPrincipals } from "../../judge";
import { hasUnknown } from "../../unknown";
import type { Rule } from "../rule";
import { listed } from "../statements";

/**
 * Service principals that are named otherwise than the actions of their service, from the pages of the services on roles and bucket
 * policies. AWS publishes no complete list.
 */
const OTHER_NAMES: ReadonlySet<string> = new Set(
  (
    "airflow-env application-insights billingreports cloudwatch-crossaccount config-multiaccountsetup ec2fleet ecs-tasks edgelambda " +
    "eks-connector eks-fargate eks-fargate-pods eks-nodegroup lexv2 macie malware-protection monitoring opensearchservice spot spotfleet " +
    "vmie vpc-flow-logs"
  ).split(" "),
);

const DOMAIN = /\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|(?:c2s\.ic|sc2s\.sgov)\.gov)$/;

/** Before the domain, in the names of services that have one for each Region. */
const REGION = /\.(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-(?:gov|iso[a-z]?|de))?-[a-z]+-\d$/;

/** `delivery.logs` belongs to `logs`. */
function isListed(service: string): boolean {
  const name = service.replace(DOMAIN, "");
  const withoutRegion = name.replace(REGION, "");
  return name !== service && (OTHER_NAMES.has(withoutRegion) || isServicePrefix(withoutRegion.split(".").at(-1)!));
}

export const unknownService: Rule = {
  id: "unknown-service",
  title: "a policy names a service that may not exist",
  severity: "medium",
  reason: "Amazon S3 refuses a bucket policy that names a service principal which AWS does not have, so the bucket keeps its former policy",
  details: "AWS publishes no complete list of its service principals, so the rule never fails a check: the exit code is 3.",
  remedy: "write the service principal as the documentation of the service does",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services",
  kinds: ["resource"],
  evenUnknown: true,
  statement: (statement, { contracts }) => {
    if (contracts.length === 0) return undefined;
    const { services } = namedPrincipals(statement);
    const unlisted = services.filter((service) => !hasUnknown(service) && !service.includes("*") && !isListed(service));
    return unlisted.length === 0 ? undefined : { detail: `whether AWS has the service principal ${listed(unlisted)}`, isUnknown: true };
  },
};
