/** A profile that uses every member, as JSON. */
export const ACME_PROFILE = {
  id: "acme-logs",
  vendorName: "Acme",
  product: "Logs",
  documentation: "https://docs.example.com/s3",
  accessMethods: ["assumedRole"],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:Get*"] },
  documentedGrantEndsAtPrefix: true,
  leastPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  exercisedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
  externalId: "required",
  regions: ["eu-central-1", "eu-west-1"],
  encryptions: ["AES256", "aws:kms"],
  bucketKey: true,
  versioning: "Disabled",
  objectOwnership: "BucketOwnerEnforced",
  bucketNamePrefix: "acme-",
  bucketNameWithoutDots: true,
  vendorFolder: "logs/",
  publishedPrincipals: { eu: "arn:aws:iam::444455556666:role/delivery", us: "777788889999" },
  connectionForm: [{ label: "Bucket", value: "bucketName" }],
  cadence: { firstDeliveryWithinMinutes: 120, everyMinutes: 60, lateByMinutes: 0 },
  acceptedFindings: [{ code: "R-ver", reason: "Acme asks for it", source: "https://docs.example.com/s3" }],
  facts: [{ fact: "PutObject is all that Acme needs", source: "https://docs.example.com/s3" }],
  sources: [{ url: "https://docs.example.com/s3", readOn: "2026-08-21" }],
  unknowns: ["the encryption that it supports"],
};

type Json = { [member: string]: any };

/** The profile with the value in place of what is at the path; `undefined` removes it. */
export function acmeWith(path: string, value: unknown): Json {
  const profile: Json = structuredClone(ACME_PROFILE);
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop()!;
  const owner = keys.reduce((inner, key) => inner[key], profile);
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return profile;
}
