/** A customer's account in memory that keeps what a validation writes, and in which requests go wrong. Time passes only in `clock`. */
import { Identities } from "../../../cli/aws/identities";
import type { Aws, CallOptions, Connect, CredentialSource, OperationName } from "../../../cli/aws/operations";
import { cleanUpLater } from "../../../cli/clean-up/clean-up-later";
import type { JournalItem } from "../../../cli/clean-up/journal";
import { STAND_IN_DESCRIPTION } from "../../../cli/clean-up/stand-in-role";
import { deadlineAfter } from "../../../cli/deadline";
import type { CleanUpReport, DestinationReport, Mode } from "../../../cli/report/validate/types";
import { SharedReadings } from "../../../cli/validate";
import { awsError, type Call, denied } from "../fake-aws";
import { CUSTOMER, contractOf, FakeDestination, statement } from "../fake-destination";

/** A request as a fault sees it. */
export interface Asked extends Call {
  /** How many requests for this operation there were, this one included; of all requests, `index`. */
  readonly nth: number;
  readonly index: number;
}

/** What happens instead of what should. */
export interface Incident {
  /** Whether AWS gets the request. */
  readonly reachesAws: boolean;
  /** What the program gets instead of AWS's answer. `silence`: nothing until the call's deadline. */
  readonly answer?: Error | object | "silence";
}

export type Fault = (asked: Asked) => Incident | undefined;

export interface Destination {
  readonly as: Mode;
  readonly door: "role" | "bucketPolicy";
  readonly isVersioned: boolean;
  readonly hasKey: boolean;
}

const CALL_MS = 30_000;
/** As the command sets it for a `--timeout-seconds` of 20. */
const WAIT_MS = 20_000;
export const RUN_MS = WAIT_MS + 60_000;

const KEY = `arn:aws:kms:eu-west-1:${CUSTOMER}:key/00000000-0000-4000-8000-000000000000`;

export class FaultAccount {
  readonly place: FakeDestination;
  /** Requests that AWS carried out, by operation and caller. A delete counts only where it removed or hid something. */
  readonly done = new Set<string>();
  /** Requests that AWS itself denied. */
  readonly refused = new Set<string>();
  fault: Fault = () => undefined;
  calls = 0;
  private readonly counts = new Map<string, number>();
  private readonly uploads = new Map<string, string>();
  private readonly roles = new Map<string, Set<string>>();
  private isDead = false;

  constructor(private readonly destination: Destination) {
    const { door, isVersioned, hasKey } = destination;
    const { posture, ...asked } = contractOf(door === "role" ? "kandji" : "sixsense");
    // The settings that differ here are none of its business.
    const contract = { ...asked, posture: posture.filter(({ id }) => id !== "versioning" && id !== "encryption") };
    const validator = { principalArn: `arn:aws:iam::${CUSTOMER}:role/deployer`, sessionName: "vendor-destination-validation" };
    this.place = new FakeDestination(door === "role" && destination.as === "role" ? { ...contract, validator } : contract);
    this.place.versioned = isVersioned;
    this.allowWriters();
    this.planUploads();
    this.planStandIns();
    if (hasKey) this.planKey();
  }

  /** Everything that a validation wrote and that is there now: objects, delete markers, uploads, roles. */
  get left(): string[] {
    return [
      ...this.place.objects.map(({ key, versionId, marker }) => `${marker ? "marker" : "object"} ${key} ${versionId ?? ""}`),
      ...[...this.uploads].map(([id, key]) => `upload ${key} ${id}`),
      ...[...this.roles.keys()].map((name) => `role ${name}`),
    ];
  }

  /** Undefined where it was killed. */
  async validate(): Promise<DestinationReport | undefined> {
    const { place } = this;
    const { clock } = place;
    const vendor = { kind: "profile", name: "vendor" } as const;
    const deployer = { kind: "environment" } as const;
    const { as } = this.destination;
    const deadline = deadlineAfter({ milliseconds: RUN_MS, reason: "the time for the run is over", clock, other: place.stop.signal });
    const identities = new Identities(this.connect, { signal: deadline.signal, clock });
    const run = place.validate({
      asked: as,
      sources: { deployer, strangers: [], ...(as === "vendor" && { vendor }) },
      connect: this.connect,
      identities,
      shared: new SharedReadings(deadline.signal),
      signal: deadline.signal,
      assumeMs: WAIT_MS,
      s3Ms: WAIT_MS,
      multipart: true,
    });
    const report = await Promise.race([run, this.death]);
    deadline.clear();
    return report;
  }

  /** Later, without the fault: by what the journal says, or by what is found where the journal is lost. */
  async cleanUp(journal: "kept" | "lost"): Promise<CleanUpReport> {
    const { place } = this;
    this.isDead = false;
    this.fault = () => undefined;
    const items: JournalItem[] = journal === "kept" ? [...place.journal.open] : [];
    place.clock.advanceTo(place.clock.now() + 3_600_000);
    return cleanUpLater({
      journals: [{ journal: { intend: () => {}, gone: () => {} }, items }],
      contracts: journal === "kept" ? [] : [place.contract],
      sources: [{ title: "the deployer", source: { kind: "environment" } }],
      connect: this.connect,
      clock: place.clock,
      region: undefined,
      signal: new AbortController().signal,
      searchRoles: journal === "lost",
    });
  }

  kill(): void {
    this.isDead = true;
    this.die();
  }

  private die: () => void = () => {};
  private readonly death = new Promise<undefined>((resolve) => {
    this.die = () => resolve(undefined);
  });

  readonly connect: Connect = (source: CredentialSource, region: string): Aws => {
    const aws = this.place.aws.connect(source, region);
    const who = this.place.aws.nameOf(source);
    const call = async (operation: OperationName, input: unknown, options: CallOptions = {}) => {
      if (this.isDead) return new Promise<never>(() => {});
      options.signal?.throwIfAborted();
      const nth = (this.counts.get(operation) ?? 0) + 1;
      this.counts.set(operation, nth);
      const plainHttp = options.plainHttp ?? false;
      const asked: Asked = { who, operation, input, region, plainHttp, nth, index: ++this.calls };
      const started = this.place.clock.now();
      const incident = this.fault(asked);
      if (this.isDead && incident?.reachesAws === false) return new Promise<never>(() => {});
      const own = incident?.reachesAws === false ? undefined : await this.passOn(aws, asked, options);
      if (this.isDead) return new Promise<never>(() => {});
      const answer = incident?.answer ?? own;
      if (isDenial(answer)) this.refused.add(nameOf(asked));
      if (answer === "silence") {
        this.place.clock.advanceTo(started + CALL_MS);
        options.signal?.throwIfAborted();
        throw Object.assign(new Error("no answer within 30 s"), { name: "TimeoutError" });
      }
      if (answer instanceof Error) throw answer;
      return answer ?? {};
    };
    return { call: call as Aws["call"] };
  };

  /** AWS's own answer, an error included. */
  private async passOn(aws: Aws, asked: Asked, options: CallOptions): Promise<unknown> {
    const { operation, input } = asked;
    const before = JSON.stringify(this.place.objects);
    try {
      const { signal: _, ...rest } = options;
      const answer = await aws.call(operation, input as never, rest);
      if (operation !== "s3:DeleteObject" || JSON.stringify(this.place.objects) !== before) this.done.add(nameOf(asked));
      return answer;
    } catch (error) {
      return error;
    }
  }

  private allowWriters(): void {
    const { place } = this;
    const allows = place.allows;
    place.allows = (call) => {
      if (call.operation.startsWith("sts:AssumeRole")) return call.who === "vendor" || call.who === "environment";
      const isUpload = ["s3:CreateMultipartUpload", "s3:UploadPart", "s3:CompleteMultipartUpload"].includes(call.operation);
      return allows(isUpload ? { ...call, operation: "s3:PutObject" } : call);
    };
  }

  private planUploads(): void {
    const { aws, allows } = this.place;
    let ids = 0;
    const guarded = (operation: OperationName, answer: (call: Call) => unknown) =>
      aws.plan(operation, (call) => {
        if (!allows(call)) throw denied();
        return answer(call);
      });
    const take = ({ UploadId }: { UploadId: string }) => {
      if (!this.uploads.delete(UploadId)) throw awsError("NoSuchUpload", 404);
    };
    guarded("s3:CreateMultipartUpload", ({ input }) => {
      const UploadId = `u${++ids}`;
      this.uploads.set(UploadId, input.Key);
      return { UploadId };
    });
    guarded("s3:UploadPart", () => ({ ETag: "1" }));
    guarded("s3:CompleteMultipartUpload", ({ input }) => {
      take(input);
      return this.place.put(input.Key);
    });
    guarded("s3:AbortMultipartUpload", ({ input }) => {
      take(input);
      return {};
    });
    guarded("s3:ListMultipartUploads", ({ input }) => ({
      Uploads: [...this.uploads]
        .filter(([, key]) => key.startsWith(input.Prefix ?? ""))
        .map(([UploadId, Key]) => ({ UploadId, Key, Initiated: new Date(0) })),
    }));
  }

  /** IAM as far as stand-in roles need it. The destination's own role stays as it is. */
  private planStandIns(): void {
    const { aws, contract } = this.place;
    const missing = () => awsError("NoSuchEntity", 404);
    const policiesOf = (name: string) => {
      const found = this.roles.get(name);
      if (found === undefined) throw missing();
      return found;
    };
    const readRole = aws.handlerOf("iam:GetRole")!;
    const isOwn = (name: string) => name === contract.role?.name;
    aws.plan("iam:CreateRole", ({ input }) => {
      if (this.roles.has(input.RoleName)) throw awsError("EntityAlreadyExists", 409);
      this.roles.set(input.RoleName, new Set());
      return { Role: {} };
    });
    aws.plan("iam:PutRolePolicy", ({ input }) => void policiesOf(input.RoleName).add(input.PolicyName));
    aws.plan("iam:DeleteRolePolicy", ({ input }) => {
      if (!policiesOf(input.RoleName).delete(input.PolicyName)) throw missing();
      return {};
    });
    aws.plan("iam:ListRolePolicies", ({ input }) => ({
      PolicyNames: isOwn(input.RoleName) ? ["delivery"] : [...policiesOf(input.RoleName)],
    }));
    aws.plan("iam:ListAttachedRolePolicies", ({ input }) => {
      if (!isOwn(input.RoleName)) policiesOf(input.RoleName);
      return { AttachedPolicies: [] };
    });
    aws.plan("iam:DeleteRole", ({ input }) => {
      if (policiesOf(input.RoleName).size > 0) throw awsError("DeleteConflict", 409);
      this.roles.delete(input.RoleName);
      return {};
    });
    aws.plan("iam:GetRole", (call) => {
      if (isOwn(call.input.RoleName)) return readRole(call);
      policiesOf(call.input.RoleName);
      return { Role: {} };
    });
    aws.plan("iam:ListRoles", () => ({
      Roles: [...this.roles.keys()].map((RoleName) => ({ RoleName, Description: STAND_IN_DESCRIPTION, CreateDate: new Date(0) })),
    }));
  }

  private planKey(): void {
    const { aws, contract } = this.place;
    const setting = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY };
    aws.plan("s3:GetBucketEncryption", () => ({
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: setting, BucketKeyEnabled: true }] },
    }));
    const root = { Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` }, Action: "kms:*", Resource: "*" };
    const named = contract.role?.arn ?? contract.vendorPrincipals[0]!;
    const use = { Principal: { AWS: named }, Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: "*" };
    aws.plan("kms:GetKeyPolicy", () => ({ Policy: JSON.stringify(statement(root, use)) }));
  }
}

function nameOf({ who, operation, plainHttp }: Asked): string {
  return `${operation} by ${who}${plainHttp ? " over HTTP" : ""}`;
}

function isDenial(answer: unknown): boolean {
  return answer instanceof Error && answer.name === "AccessDenied";
}
