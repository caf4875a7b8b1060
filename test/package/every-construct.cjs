// An app with every construct, and with each kind of value that the framework resolves. Run by test/package/cdktn.test.ts.
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, Fn, LocalBackend, TerraformStack, TerraformVariable } = require("cdktf");
const destinations = require("cdktf-vendor-destination");

const { BucketEncryption, ConnectionDetails, DeliveryEvents, DestinationBucket, KandjiDestination, SixSenseDestination } = destinations;
const { VendorAccess, VendorAccessMethod, VendorDestination, VendorPermissions, VendorPrincipal, VendorProfile } = destinations;

const acme = VendorProfile.of({
  id: "acme",
  vendorName: "Acme",
  product: "Logs",
  documentation: "https://docs.example.com/s3",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE, VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
  facts: [{ fact: "PutObject is all that Acme needs", source: "https://docs.example.com/s3" }],
});

/** A stack with a provider. */
function stackOf(app, id) {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  return stack;
}

const app = new App();

const every = stackOf(app, "every");
const kandji = new KandjiDestination(every, "Kandji", {
  bucketName: "acme-kandji-activity",
  vendorAccountId: "222222222222",
  vendorRoleName: "kandji-activity",
  destinationPath: "activity",
  permissions: VendorPermissions.LEAST_PRIVILEGE,
  validatorPrincipalArn: "arn:aws:iam::111111111111:role/deployer",
  tags: { owner: "security" },
});
const sixSense = new SixSenseDestination(every, "SixSense", {
  bucketName: "acme-6sense-staging",
  vendorRoleArn: "arn:aws:iam::222222222222:role/6sense-common",
  region: "eu-west-1",
  dataPacks: { filePath: "data-packs" },
});
new DeliveryEvents(every, "KandjiEvents", { destinations: [kandji] });
new DeliveryEvents(every, "SixSenseEvents", { destinations: [sixSense] });
const shared = new DestinationBucket(every, "Shared", {
  bucketName: "acme-shared-logs",
  encryption: BucketEncryption.SSE_KMS,
  kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-0000-0000-000000000000",
  abortIncompleteMultipartUploadAfterDays: 3,
  minimumTlsVersion: "1.3",
});
for (const [id, access] of [
  ["ByRole", VendorAccess.assumedRole({ principals: [VendorPrincipal.role("444455556666", "delivery")], externalIds: ["customer-42"] })],
  ["ByPolicy", VendorAccess.bucketPolicy({ principals: [VendorPrincipal.userArn("arn:aws:iam::444455556666:user/delivery")] })],
]) {
  new VendorDestination(every, id, { vendor: acme, access, bucket: shared, keyPrefix: id.toLowerCase() });
}
new ConnectionDetails(every, "Details", { form: "Acme, Logs", fields: [{ label: "Bucket", value: shared.bucketName }] });

const tokens = stackOf(app, "tokens");
const text = (id) => new TerraformVariable(tokens, id, { type: "string" }).stringValue;
new KandjiDestination(tokens, "Kandji", {
  bucketName: text("bucket_name"),
  vendorAccountId: text("vendor_account_id"),
  vendorRoleName: text("vendor_role_name"),
  destinationPath: text("path"),
});
new VendorDestination(tokens, "Other", {
  vendor: acme,
  access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.roleArn(text("vendor_role_arn"))] }),
  bucketName: Fn.join("-", ["acme", kandji.bucketName]),
  region: text("region"),
});

app.synth();
