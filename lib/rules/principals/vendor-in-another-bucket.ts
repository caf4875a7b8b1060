import { substituteOwnAccount } from "../../contract";
import { namedPrincipals } from "../../judge";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const vendorInAnotherBucket: Rule = {
  id: "vendor-in-another-bucket",
  title: "the policy of a bucket that no contract names grants access to a vendor",
  severity: "medium",
  everywhere: true,
  reason: "The vendor delivers to the buckets of its contracts; access to any other bucket is a risk without benefit",
  remedy: "remove the vendor's principal or role from that bucket policy, or define a destination for the bucket",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  kinds: ["resource"],
  effect: "Allow",
  evenUnknown: true,
  statement: (statement, { contracts, vendors }) => {
    if (contracts.length > 0) return undefined;
    const named = namedPrincipals(statement).aws.filter((text) => vendors.has(substituteOwnAccount(text)));
    return named.length === 0 ? undefined : `it names ${listed(named)}`;
  },
};
