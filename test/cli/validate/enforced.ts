/** A fake destination where the live policies decide every request, so that a change by hand has its effect. */
import type { OperationName } from "../../../cli/aws/operations";
import { rightFor } from "../../../cli/aws/rights";
import type { DeliveryContract } from "../../../lib/contract/types";
import { compilePolicy, decide, type PolicyKind } from "../../../lib/evaluate";
import { awsError, type Call } from "../fake-aws";
import { CUSTOMER, contractOf, FakeDestination, statement, VENDOR } from "../fake-destination";

const DEPLOYER = `arn:aws:iam::${CUSTOMER}:role/deployer`;
const EVERYTHING = statement({ Action: "*", Resource: "*" });

const PRINCIPALS: Readonly<Record<string, string>> = {
  environment: DEPLOYER,
  vendor: `arn:aws:iam::${VENDOR}:role/kandji-activity`,
  role: `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`,
  anonymous: "*",
};

export type Example = "kandji" | "sixsense";

export class EnforcedDestination extends FakeDestination {
  boundary: unknown;

  constructor(readonly example: Example) {
    super(enforcedContract(example));
    if (example === "kandji") {
      this.statements(this.trust).push({
        Effect: "Allow",
        Principal: { AWS: DEPLOYER },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:RoleSessionName": "vendor-destination-validation" } },
      });
    }
    this.allows = (call) => this.decides(call);
    this.aws.plan("s3:GetBucketPolicy", (call) => {
      this.require(call);
      if (this.policy === undefined) throw awsError("NoSuchBucketPolicy", 404);
      return { Policy: JSON.stringify(this.policy) };
    });
  }

  /** The statements of a document, which a change may edit. */
  statements(document: unknown): Record<string, unknown>[] {
    return (document as { Statement: Record<string, unknown>[] }).Statement;
  }

  /** Answers a read with something else. The policies still decide whether it is allowed. */
  answer(operation: OperationName, answer: () => unknown): void {
    this.aws.plan(operation, (call) => {
      this.require(call);
      return answer();
    });
  }

  private require(call: Call): void {
    if (!this.decides(call)) throw awsError("AccessDenied", 403, "Access Denied");
  }

  private decides({ who, operation, input, plainHttp }: Call): boolean {
    const [service] = operation.split(":");
    if (["iam", "accessanalyzer", "kms", "s3control", "organizations"].includes(service!)) return who === "environment";
    const principal = PRINCIPALS[who];
    if (principal === undefined) return false;
    const assumes = service === "sts";
    const { arn } = this.contract.bucket;
    const identity = who === "environment" ? EVERYTHING : who === "role" ? this.inline : undefined;
    const documents = { ...(assumes ? { trustPolicy: this.trust } : this.policy !== undefined && { resourcePolicy: this.policy }) };
    const compiled = Object.entries(documents).map(([key, document]) => [
      key,
      compilePolicy(document, (assumes ? "trust" : "resource") as PolicyKind, {}),
    ]);
    return (
      decide(
        {
          principal,
          action: assumes ? operation : rightFor(operation, input),
          resource: assumes ? input.RoleArn : input.Key === undefined ? arn : `${arn}/${input.Key}`,
          resourceAccount: CUSTOMER,
          context: {
            "aws:SecureTransport": String(!plainHttp),
            "aws:SourceIp": "203.0.113.9",
            "aws:PrincipalArn": principal,
            "aws:PrincipalAccount": principal.split(":")[4] ?? "anonymous",
            ...(!plainHttp && { "s3:TlsVersion": "1.2" }),
            ...(input.ExternalId !== undefined && { "sts:ExternalId": input.ExternalId }),
            ...(assumes && { "sts:RoleSessionName": input.RoleSessionName ?? "" }),
            ...(input.ACL !== undefined && { "s3:x-amz-acl": input.ACL }),
            ...(input.IfNoneMatch !== undefined && { "s3:if-none-match": input.IfNoneMatch }),
            ...(input.Prefix !== undefined && { "s3:prefix": input.Prefix }),
          },
        },
        {
          ...Object.fromEntries(compiled),
          ...(identity !== undefined && { identityPolicies: [compilePolicy(identity, "identity", {})] }),
          ...(who === "role" &&
            this.boundary !== undefined && { permissionsBoundary: compilePolicy(this.boundary, "permissionsBoundary", {}) }),
        },
      ).verdict === "Allowed"
    );
  }
}

function enforcedContract(example: Example): DeliveryContract {
  const { bucket } = contractOf(example);
  const objects = [`${bucket.arn}/*`];
  return example === "kandji"
    ? contractOf(example, {
        granted: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:*"], objects },
        validator: { principalArn: DEPLOYER, sessionName: "vendor-destination-validation" },
      })
    : contractOf(example, { granted: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject", "s3:PutObjectAcl"], objects } });
}
