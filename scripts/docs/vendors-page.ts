/** Renders `docs/vendors/known.md` from the profiles of vendors that have no construct of their own. */
import type { VendorProfile, VendorProfileProps } from "../../lib";
import { KnownVendors } from "../../lib";

/** Where the page is, from the root. */
export const VENDORS_PAGE = "docs/vendors/known.md";

const ACCESS: Readonly<Record<string, string>> = { assumedRole: "a role of yours", bucketPolicy: "your bucket policy" };
const EXTERNAL_IDS: Readonly<Record<string, string>> = {
  required: "always sent: `--external-id`",
  optional: "sent if you enter one",
  none: "none",
  unknown: "not documented",
};
const ENCRYPTIONS: Readonly<Record<string, string>> = { AES256: "SSE-S3", "aws:kms": "SSE-KMS" };

/** The page's text. */
export function vendorsPage(): string {
  const profiles = (Object.entries(KnownVendors) as [string, VendorProfile][]).map(([name, { facts }]) => ({ name, facts }));
  const rows = profiles.map(
    ({ facts }) =>
      `| [${facts.vendorName}](#${anchorOf(facts)}) | ${facts.product} | \`${facts.id}\` | ${facts.accessMethods.map((method) => ACCESS[method]).join(", or ")} |`,
  );
  return `# Vendors with a profile

Beside [Kandji](kandji.md) and [6sense](6sense.md), these vendors have a profile: what their own pages say, and what they do not say. A destination of one is
[a few lines](other.md#a-vendor-with-a-profile), and \`vendor-destination check --vendor ID\` judges Terraform that was written by hand. Account IDs and roles
can change: compare them with the vendor's page before you apply.

| vendor | product | ID | access by |
| --- | --- | --- | --- |
${rows.join("\n")}

${profiles.map(section).join("\n\n")}
`;
}

function section({ name, facts }: { readonly name: string; readonly facts: VendorProfileProps }): string {
  const { documentedPermissions: granted, publishedPrincipals = {}, unknowns = [] } = facts;
  const principals = Object.entries(publishedPrincipals).map(([site, principal]) => `\`${site}\`: \`${principal}\``);
  const rows = [
    ["in a stack", `\`KnownVendors.${name}\``],
    ["for `check`", `\`--vendor ${facts.id}\``],
    ["principals, by site", principals.length === 0 ? "not published: copy it from the vendor's screen" : principals.join("<br>")],
    ["external ID", EXTERNAL_IDS[facts.externalId ?? "unknown"]],
    ["on the bucket", actions(granted.bucketActions)],
    [facts.documentedGrantEndsAtPrefix ? "on objects below the prefix" : "on all objects", actions(granted.objectActions)],
    ["encryption", facts.encryptions?.map((encryption) => ENCRYPTIONS[encryption]).join(", ") ?? "not documented"],
    ["Regions", facts.regions?.join(", ") ?? "not documented"],
    ...(facts.bucketNamePrefix === undefined ? [] : [["bucket's name", `begins with \`${facts.bucketNamePrefix}\``]]),
    ...(facts.vendorFolder === undefined ? [] : [["the vendor's folder", `\`${facts.vendorFolder}\``]]),
  ];
  return `## ${titleOf(facts)}

| | |
| --- | --- |
${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}

${facts.facts.map(({ fact, source }) => `- ${fact} ([source](${source})).`).join("\n")}

Not documented: ${unknowns.join("; ")}.`;
}

const actions = (names: readonly string[]) => (names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", "));
const titleOf = ({ vendorName, product }: VendorProfileProps) => `${vendorName}, ${product}`;

/** As GitHub makes it of the heading. */
function anchorOf(facts: VendorProfileProps): string {
  return titleOf(facts)
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}
