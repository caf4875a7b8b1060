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
can change: compare them with the vendor's page before you apply. Each section ends with its pages and the day on which each was read, in a stored copy of the page or in the
repository that it is made from; a day of the page's own revision stands in its place. Vendors without a profile, and why: [below](#vendors-without-a-profile).

| vendor | product | ID | access by |
| --- | --- | --- | --- |
${rows.join("\n")}

${profiles.map(section).join("\n\n")}

## Vendors without a profile

A destination is proved for a principal of AWS that assumes a role or is named in the bucket policy. These vendors document another way, or too little for a proof.
Write the Terraform by hand for them, and have \`check\` read it: its rules and \`access\` still say who else gets in. For a role with a web identity, that is above all
[trust-federation-without-subject](../rules/trust-federation-without-subject.md), which finds a trust in every customer of the vendor.

| vendors | why there is no profile |
| --- | --- |
| GitHub audit log streaming, CircleCI audit log streaming, Salesforce Data 360, Prequel, Orb, Metronome | They assume the role by web identity (OIDC). The identity is a subject of the vendor's identity provider and not a principal of AWS, so the contract cannot name who may assume the role, and who may not |
| Elastic Cloud snapshots, Zscaler Cloud NSS | They use access keys of an IAM user of yours. Whoever has the keys is the vendor: no policy tells them apart |
| SentinelOne Cloud Funnel | It asks for an ACL that grants its canonical user, which Object Ownership without ACLs refuses |
| Databricks storage credential (Unity Catalog) | The role must also trust itself, and manages queues and topics of yours |
| Aptible log archives | They come by S3 replication, which no request of a principal can prove |
| New Relic streaming export, Auth0, Okta | They deliver to Amazon Data Firehose or EventBridge in your account. A service of AWS writes into the bucket |
| Tailscale log streaming | Its documentation grants \`s3:*\` on the bucket itself, which lets it change the bucket's policy. It does not say what suffices |
| Amplitude, Stripe Data Pipeline, MongoDB Atlas log export, Jamf Protect | Their screen generates the policy. Copy its actions into [a profile of your own](other.md#as-json) |
| Fivetran, Vercel, AppsFlyer, Netlify, Netskope | The pages that we could read do not say which actions they need |
`;
}

function section({ name, facts }: { readonly name: string; readonly facts: VendorProfileProps }): string {
  const { documentedPermissions: granted, publishedPrincipals = {}, unknowns = [], sources = [] } = facts;
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

Not documented: ${unknowns.join("; ")}.

Read: ${sources.map(({ url, readOn }) => `[${pageOf(url)}](${url}) on ${readOn}`).join(", ")}.`;
}

const actions = (names: readonly string[]) => (names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", "));
const titleOf = ({ vendorName, product }: VendorProfileProps) => `${vendorName}, ${product}`;

/** The page without its host, to tell the pages of a vendor apart. */
const pageOf = (url: string) => new URL(url).pathname.split("/").filter(Boolean).at(-1)!;

/** As GitHub makes it of the heading. */
function anchorOf(facts: VendorProfileProps): string {
  return titleOf(facts)
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}
