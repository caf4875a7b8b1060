/** What surrounds the bucket of a fake destination: access points, analyzers, and an organization. */
import { awsError, type Handler } from "./fake-aws";
import { CUSTOMER, type FakeDestination, statement } from "./fake-destination";

type Answer = (place: FakeDestination, operation: Parameters<FakeDestination["aws"]["plan"]>[0], handler: Handler) => void;

/** Without the access control of the place. */
const plan: Answer = (place, operation, handler) => void place.aws.plan(operation, handler);

export const ACCESS_POINT = `arn:aws:s3:eu-west-1:${CUSTOMER}:accesspoint/shared`;

interface AccessPoint {
  /** Statements of its policy; none if it has no policy. */
  readonly allows?: readonly object[];
  readonly isPublic?: true;
  readonly vpc?: string;
}

export function addAccessPoint(place: FakeDestination, { allows, isPublic, vpc }: AccessPoint): void {
  const point = {
    Name: "shared",
    AccessPointArn: ACCESS_POINT,
    ...(vpc ? { NetworkOrigin: "VPC", VpcConfiguration: { VpcId: vpc } } : { NetworkOrigin: "Internet" }),
  };
  plan(place, "s3control:ListAccessPoints", () => ({ AccessPointList: [point] }));
  plan(place, "s3control:GetAccessPoint", () => ({
    ...point,
    PublicAccessBlockConfiguration: { RestrictPublicBuckets: !isPublic },
  }));
  plan(place, "s3control:GetAccessPointPolicy", () => {
    if (allows === undefined) throw awsError("NoSuchAccessPointPolicy", 404);
    const resource = { Action: "s3:GetObject", Resource: `${ACCESS_POINT}/object/*` };
    return { Policy: JSON.stringify(statement(...allows.map((one) => ({ ...resource, ...one })))) };
  });
}

/** An analyzer of external access with these findings. Null: it has not analyzed anything yet. */
export function addAnalyzer(
  place: FakeDestination,
  findings: readonly object[],
  lastResourceAnalyzedAt: Date | null = new Date("2025-12-31T23:00:00Z"),
): void {
  const analyzer = `arn:aws:access-analyzer:eu-west-1:${CUSTOMER}:analyzer/account`;
  plan(place, "accessanalyzer:ListAnalyzers", () => ({
    analyzers: [{ arn: analyzer, type: "ACCOUNT", status: "ACTIVE", ...(lastResourceAnalyzedAt && { lastResourceAnalyzedAt }) }],
  }));
  plan(place, "accessanalyzer:ListFindings", () => ({
    findings: findings.map((one, index) => ({ ...finding(place), id: `f-${index}`, ...one })),
  }));
}

function finding({ contract }: FakeDestination) {
  return {
    status: "ACTIVE",
    resource: contract.bucket.arn,
    action: ["s3:GetObject"],
    analyzedAt: new Date("2025-12-31T23:00:00Z"),
    sources: [{ type: "POLICY" }],
  };
}

const FULL_ACCESS = statement({ Action: "*", Resource: "*" });

interface Organization {
  /** Statements of the SCPs and RCPs at the root, at the organizational unit, and at the account; beside those that allow everything. */
  readonly scp?: readonly [root: readonly object[], unit: readonly object[], account: readonly object[]];
  readonly rcp?: readonly object[];
  readonly management?: string;
}

const TARGETS = ["r-root", "ou-unit", CUSTOMER];

export function addOrganization(place: FakeDestination, { scp = [[], [], []], rcp = [], management = "999999999999" }: Organization): void {
  const policies = new Map<string, unknown>([["p-full", FULL_ACCESS]]);
  const attached = new Map<string, string[]>();
  for (const [index, target] of TARGETS.entries()) {
    const own = scp[index]!.length > 0 ? [`p-scp-${target}`] : [];
    if (own.length > 0) policies.set(own[0]!, statement(...scp[index]!));
    attached.set(`SERVICE_CONTROL_POLICY ${target}`, ["p-full", ...own]);
    const ofRoot = target === "r-root" && rcp.length > 0 ? ["p-rcp"] : [];
    attached.set(`RESOURCE_CONTROL_POLICY ${target}`, ["p-RCPFullAWSAccess", ...ofRoot]);
  }
  policies.set("p-RCPFullAWSAccess", statement({ Principal: "*", Action: "*", Resource: "*" }));
  policies.set("p-rcp", statement(...rcp));
  plan(place, "organizations:DescribeOrganization", () => ({ Organization: { Id: "o-a1b2c3d4e5", MasterAccountId: management } }));
  plan(place, "organizations:ListRoots", () => ({
    Roots: [
      { Id: "r-root", PolicyTypes: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"].map((Type) => ({ Type, Status: "ENABLED" })) },
    ],
  }));
  plan(place, "organizations:ListParents", ({ input }) => ({
    Parents: [input.ChildId === CUSTOMER ? { Id: "ou-unit", Type: "ORGANIZATIONAL_UNIT" } : { Id: "r-root", Type: "ROOT" }],
  }));
  plan(place, "organizations:ListPoliciesForTarget", ({ input }) => ({
    Policies: attached.get(`${input.Filter} ${input.TargetId}`)!.map((Id) => ({ Id, Name: Id })),
  }));
  plan(place, "organizations:DescribePolicy", ({ input: { PolicyId } }) => ({
    Policy: {
      PolicySummary: { Name: PolicyId, Arn: `arn:aws:organizations::999999999999:policy/${PolicyId}` },
      Content: JSON.stringify(policies.get(PolicyId)),
    },
  }));
}
