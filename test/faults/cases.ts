/** Every fault that is tried: what goes wrong, for whom, and what the program must make of it. */
import type { Mode } from "../../cli/report/validate/types";
import { BROKEN_AFTER, BROKEN_BEFORE, error, first, on, refused } from "./answers";
import type { DestinationKind } from "./destinations";
import type { Asked, Fault, Mishap } from "./proxy";
import type { ProgramRun } from "./run";

export interface FaultCase {
  readonly name: string;
  readonly destination: DestinationKind;
  readonly as: Mode;
  /** Made anew for each run, since some faults count. */
  readonly fault: () => Fault;
  /** What the program exits with; several where the moment decides. */
  readonly exitCodes: readonly (number | null)[];
  /** The program gets this signal while the fault is on. */
  readonly signal?: NodeJS.Signals;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The contract does not say in which region the bucket is. */
  readonly anywhere?: boolean;
  /** What else the report must say. */
  readonly says?: (run: ProgramRun, mishaps: number) => unknown;
  /** The program cannot clean up, says so, and `--clean-up` does when the fault is over. */
  readonly cleanedUpLater?: boolean;
}

const PASS = [0];
const FAIL = [1];
const UNKNOWN = [3];

const denied = (asked: Asked) => refused(asked, 403, "AccessDenied");
const AT_BUCKET = ["s3:ListObjectsV2", "s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:CreateMultipartUpload"];
const SHORT = ["--timeout-seconds", "2"];
/** Fewer tries of the SDK's own, where a fault stays. */
const FEW_TRIES = { AWS_MAX_ATTEMPTS: "2" };
/** Where S3 is silent for good, only the time for the run ends it. */
const SHORT_RUN = { VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS: "60" };

/** What passes: each operation fails some times, and then works. */
const PASSING: readonly { name: string; fault: Fault }[] = [
  { name: "throttled by SlowDown", fault: first(2, ["s3:"], (asked) => refused(asked, 503, "SlowDown")) },
  { name: "throttled by IAM and STS", fault: first(2, ["iam:", "sts:"], (asked) => refused(asked, 400, "Throttling")) },
  { name: "throttled by 429", fault: first(1, ["s3:"], (asked) => refused(asked, 429, "TooManyRequestsException")) },
  { name: "500 InternalError", fault: first(2, ["s3:", "iam:", "sts:"], (asked) => refused(asked, 500, "InternalError")) },
  { name: "502 and a page of a gateway", fault: first(1, ["s3:", "iam:", "sts:"], () => page(502)) },
  { name: "504 and a page of a gateway", fault: first(1, ["s3:", "iam:", "sts:"], () => page(504)) },
  { name: "connection broken before the request went through", fault: first(1, ["s3:", "iam:", "sts:"], () => BROKEN_BEFORE) },
  { name: "connection broken after the request went through", fault: first(1, ["s3:", "iam:", "sts:"], () => BROKEN_AFTER) },
  { name: "an error of the server after the request went through", fault: first(1, ["s3:", "iam:", "sts:"], lostToServerError) },
  { name: "slow answers", fault: first(1, ["s3:", "iam:", "sts:"], () => ({ reachesAws: true, delayMs: 700 })) },
  {
    name: "409 OperationAborted",
    fault: first(2, ["s3:PutObject", "s3:DeleteObject"], (asked) => refused(asked, 409, "OperationAborted")),
  },
  { name: "307 TemporaryRedirect", fault: first(2, AT_BUCKET, (asked) => refused(asked, 307, "TemporaryRedirect")) },
  { name: "a single 307 on HeadBucket", fault: first(1, "s3:HeadBucket", (asked) => refused(asked, 307, "TemporaryRedirect")) },
  { name: "a single 409 on HeadBucket", fault: first(1, "s3:HeadBucket", (asked) => refused(asked, 409, "OperationAborted")) },
  { name: "two broken connections to STS", fault: first(2, "sts:GetCallerIdentity", () => BROKEN_BEFORE) },
  { name: "the clock an hour slow", fault: clockOf(3_600_000) },
  { name: "the clock an hour fast", fault: clockOf(-3_600_000) },
];

function lostToServerError(asked: Asked): Mishap {
  return { reachesAws: true, answer: error(asked, 500, "InternalError") };
}

/** Something between here and AWS answers. */
function page(status: number): Mishap {
  const body = "<html><head><title>Gateway</title></head><body>This is not AWS<br></body></html>";
  return { reachesAws: false, answer: { status, headers: { "content-type": "text/html" }, body } };
}

/** AWS's clock differs from this machine's; it takes 15 minutes of difference, and tells its time in each answer. */
function clockOf(offsetMs: number): Fault {
  return (asked) => {
    const signedAt = String(asked.headers["x-amz-date"] ?? "").replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, "$1-$2-$3:$4:$5");
    const now = Date.now() + offsetMs;
    const date = new Date(now).toUTCString();
    // An answer with another time would make the SDK correct its clock back.
    if (signedAt === "" || Math.abs(Date.parse(signedAt) - now) < 15 * 60_000) return { reachesAws: true, headers: { date } };
    return refused(asked, 403, "RequestTimeTooSkewed", { date });
  };
}

/** What spreads: AWS refuses, or does not know, what was defined a moment ago. */
const SPREADING: readonly { name: string; fault: Fault; modes?: readonly Mode[] }[] = [
  { name: "the trust policy spreads", fault: first(3, "sts:AssumeRole", denied), modes: ["vendor", "stand-in"] },
  { name: "rights at the bucket spread", fault: first(3, AT_BUCKET, denied) },
  { name: "rights come and go", fault: on(AT_BUCKET, (asked) => ([1, 3, 6].includes(asked.nth) ? denied(asked) : undefined)) },
  { name: "the bucket is not known yet", fault: first(3, "s3:HeadBucket", (asked) => refused(asked, 404, "NoSuchBucket")) },
  { name: "the bucket is known in part", fault: first(2, AT_BUCKET, (asked) => refused(asked, 404, "NoSuchBucket")) },
  { name: "the object is not seen yet", fault: first(2, "s3:GetObject", (asked) => refused(asked, 404, "NoSuchKey")) },
  {
    name: "the bucket policy is not seen yet",
    fault: first(3, "s3:GetBucketPolicy", (asked) => refused(asked, 404, "NoSuchBucketPolicy")),
  },
  {
    name: "Block Public Access is not seen yet",
    fault: first(2, "s3:GetPublicAccessBlock", (asked) => refused(asked, 404, "NoSuchPublicAccessBlockConfiguration")),
  },
  { name: "an older bucket policy is seen", fault: first(2, "s3:GetBucketPolicy", olderPolicy) },
  { name: "the role is not seen yet", fault: first(3, "iam:GetRole", (asked) => refused(asked, 404, "NoSuchEntity")) },
];

/** A bucket with default retention. */
function retention(): Mishap {
  const rule = "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule>";
  const body = `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
  return { reachesAws: false, answer: { status: 200, headers: { "content-type": "application/xml", "x-amz-request-id": "1" }, body } };
}

function olderPolicy(): Mishap {
  const body = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  return { reachesAws: false, answer: { status: 200, headers: { "content-type": "application/json", "x-amz-request-id": "1" }, body } };
}

/** Writes whose answer is lost: what they wrote must be found and removed. */
const WRITES = [
  "s3:PutObject",
  "s3:CreateMultipartUpload",
  "s3:AbortMultipartUpload",
  "s3:UploadPart",
  "s3:CompleteMultipartUpload",
  "s3:DeleteObject",
];
const ROLE_WRITES = ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRole"];

/** Where it is killed. */
const STEPS = [
  "s3:HeadBucket",
  "s3:GetBucketPolicy",
  "sts:AssumeRole",
  "s3:ListObjectsV2",
  "s3:PutObject",
  "s3:GetObject",
  "s3:CreateMultipartUpload",
  "s3:AbortMultipartUpload",
  "s3:UploadPart",
  "s3:CompleteMultipartUpload",
  "s3:DeleteObject",
  "s3:ListObjectVersions",
];
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** The fault of a kill does nothing by itself: the test sends the signal when it is met. */
function meeting(operation: string): Fault {
  // The first deletions only ask whether there is a right to delete.
  const nth = operation === "s3:DeleteObject" ? 4 : 2;
  return (asked) => (asked.operation === operation && asked.nth === nth ? { reachesAws: true } : undefined);
}
function meetingFirst(operation: string): Fault {
  // The first deletion of a role only asks whether there is a right to delete.
  const nth = operation.startsWith("iam:Delete") ? 2 : 1;
  return (asked) => (asked.operation === operation && asked.nth === nth ? { reachesAws: true } : undefined);
}
const ONCE = ["s3:HeadBucket", "s3:GetBucketPolicy", "s3:CompleteMultipartUpload", ...ROLE_WRITES];

function kill(step: string, signal: NodeJS.Signals, destination: DestinationKind, as: Mode): FaultCase {
  const fault = () => (ONCE.includes(step) ? meetingFirst(step) : meeting(step));
  // What was done before is reported; a run that only had to clean up has its verdict already.
  const exitCodes = signal === "SIGKILL" ? [null] : [0, 3];
  return { name: `${signal} during ${step}`, destination, as, fault, signal, exitCodes, args: ["--multipart"] };
}

/** What stays as it is: the verdict must be neither a pass nor, where it is not AWS's, a failure. */
const STAYING: readonly FaultCase[] = [
  ...(["bucket policy", "versioned role"] as const).map((destination) => ({
    name: "nobody may delete from the beginning, so nothing is written",
    destination,
    as: "vendor" as const,
    fault: () => on("s3:DeleteObject", denied),
    exitCodes: UNKNOWN,
    args: SHORT,
    says: ({ report }: ProgramRun) => outcome(report, "objects-can-be-removed") === "unknown" && report?.destinations[0]?.written === 0,
  })),
  {
    name: "new versions are retained by Object Lock, so nothing is written",
    destination: "versioned bucket policy",
    as: "deployer",
    fault: () => on("s3:GetObjectLockConfiguration", retention),
    exitCodes: UNKNOWN,
    args: SHORT,
    says: ({ report }) => report?.destinations[0]?.written === 0,
  },
  {
    name: "the deployer's session has expired",
    destination: "versioned bucket policy",
    as: "deployer",
    fault: () => on("sts:GetCallerIdentity", (asked) => refused(asked, 400, "ExpiredToken")),
    exitCodes: UNKNOWN,
    args: SHORT,
    says: ({ report }) => report?.destinations[0]?.written === 0,
  },
  {
    name: "nothing is written with --read-only",
    destination: "versioned bucket policy",
    as: "deployer",
    fault: () => first(1, "s3:HeadBucket", () => ({ reachesAws: true, delayMs: 1 })),
    exitCodes: PASS,
    args: ["--read-only"],
    says: ({ report }) => report?.destinations[0]?.written === 0,
  },
  {
    name: "port 80 is blocked",
    destination: "versioned bucket policy",
    as: "deployer",
    fault: () => (asked) => (asked.plainHttp ? BROKEN_BEFORE : undefined),
    exitCodes: PASS,
    // Two polls of two tries each; after them, no other step asks over plain HTTP.
    says: ({ report }, mishaps) => evidence(report, "vendor-cannot-put-over-http") === "computed" && mishaps <= 4,
  },
  {
    name: "the endpoint accepts and never answers",
    destination: "bucket policy",
    as: "vendor",
    fault: () => on(["s3:", "sts:", "iam:"], () => ({ reachesAws: false, answer: "silence" })),
    exitCodes: UNKNOWN,
    args: SHORT,
    // Nobody is asked after STS was silent.
    says: (_, mishaps) => mishaps <= 4,
  },
  { name: "AWS refuses uploads", destination: "role", as: "vendor", fault: () => on("s3:PutObject", denied), exitCodes: FAIL, args: SHORT },
  {
    name: "AWS refuses the role",
    destination: "versioned role",
    as: "vendor",
    fault: () => on("sts:AssumeRole", denied),
    exitCodes: FAIL,
    args: SHORT,
  },
  {
    name: "the bucket does not exist",
    destination: "bucket policy",
    as: "vendor",
    fault: () => on("s3:HeadBucket", (asked) => refused(asked, 404, "NoSuchBucket")),
    exitCodes: FAIL,
    args: SHORT,
    says: ({ report }) => outcome(report, "bucket-exists") === "fail",
  },
  staying("S3 is down from the beginning", ["s3:"], (asked) => refused(asked, 503, "ServiceUnavailable")),
  staying("S3 wants fewer requests for good", ["s3:"], (asked) => refused(asked, 503, "SlowDown")),
  staying("STS is down", ["sts:"], (asked) => refused(asked, 500, "InternalFailure")),
  staying("the network is down", ["s3:", "sts:", "iam:"], () => BROKEN_BEFORE),
  staying("a login page takes every request", ["s3:", "sts:", "iam:"], () => page(200)),
  staying("a firewall refuses every request", ["s3:", "sts:", "iam:"], () => page(403)),
  staying("the clock stays wrong", ["s3:"], (asked) => refused(asked, 403, "RequestTimeTooSkewed")),
  staying("the session expires", AT_BUCKET, (asked) => refused(asked, 400, "ExpiredToken")),
  staying("the credentials are not known", ["sts:"], (asked) => refused(asked, 403, "InvalidClientTokenId")),
  // The vendor has a session; the deployer is a user.
  staying("the deployer may not read the bucket policy", ["s3:GetBucketPolicy"], (asked) =>
    asked.headers["x-amz-security-token"] === undefined ? denied(asked) : undefined,
  ),
  {
    name: "a firewall refuses plain HTTP in AWS's place",
    destination: "bucket policy",
    as: "vendor",
    fault: () => (asked) => (asked.plainHttp ? page(403) : undefined),
    exitCodes: PASS,
    args: SHORT,
    says: ({ report }) => evidence(report, "vendor-cannot-put-over-http") === "computed",
  },
  {
    name: "a login page takes plain HTTP in AWS's place",
    destination: "versioned bucket policy",
    as: "vendor",
    fault: () => (asked) => (asked.plainHttp ? page(200) : undefined),
    exitCodes: PASS,
    args: SHORT,
    says: ({ report }) => evidence(report, "vendor-cannot-put-over-http") === "computed",
  },
  {
    name: "the bucket is in another region than the contract says",
    destination: "role",
    as: "vendor",
    fault: () => regionOf("us-west-2"),
    exitCodes: FAIL,
    args: SHORT,
    says: ({ report }) => report?.destinations[0]?.results.filter((one) => one.outcome !== "pass").every(({ id }) => id.includes("region")),
  },
  {
    name: "the bucket is in another region than the environment's",
    destination: "versioned role",
    as: "vendor",
    fault: () => regionOf("eu-central-1"),
    exitCodes: PASS,
    env: { AWS_REGION: "ap-southeast-2" },
    anywhere: true,
  },
];

/** As soon as it has written something, the program is cut off: nothing can be cleaned up before the fault is over. */
const CUT_OFF: readonly FaultCase[] = [
  { name: "the network goes away for good", fault: () => afterPuts(() => BROKEN_BEFORE) },
  { name: "AWS goes down for good", fault: () => afterPuts((asked) => refused(asked, 503, "ServiceUnavailable")) },
  { name: "S3 goes silent for good", env: SHORT_RUN, fault: () => afterPuts(() => ({ reachesAws: true, answer: "silence" })) },
  {
    name: "nobody may delete any more",
    fault: () => afterPuts((asked) => (asked.operation === "s3:DeleteObject" ? denied(asked) : undefined)),
  },
].flatMap(({ name, fault, env }) =>
  (["bucket policy", "versioned role"] as const).map((destination) => ({
    name,
    destination,
    as: "vendor" as const,
    fault,
    exitCodes: [4],
    args: SHORT,
    env: { ...FEW_TRIES, ...env },
    cleanedUpLater: true,
    says: ({ stderr }: ProgramRun) => stderr.includes("aws s3api delete-object"),
  })),
);

function afterPuts(mishap: (asked: Asked) => Mishap | undefined): Fault {
  let puts = 0;
  return (asked) => {
    if (asked.operation === "s3:PutObject") puts++;
    return puts > 2 ? mishap(asked) : undefined;
  };
}

function staying(name: string, operations: readonly string[], mishap: (asked: Asked) => Mishap | undefined): FaultCase {
  const destination = operations.includes("sts:") ? "versioned bucket policy" : "bucket policy";
  return { name, destination, as: "vendor", fault: () => on(operations, mishap), exitCodes: UNKNOWN, args: SHORT, env: FEW_TRIES };
}

/** S3 answers requests that are signed for another region than the bucket's as it does. */
function regionOf(region: string): Fault {
  return on("s3:", (asked) => {
    const signedFor = /Credential=[^/]*\/\d+\/([^/]+)\/s3\//.exec(asked.headers.authorization ?? "")?.[1];
    const headers = { "x-amz-bucket-region": region };
    // The emulator says of the bucket where it is for the emulator.
    if (signedFor === region && asked.operation === "s3:HeadBucket") return { reachesAws: true, headers };
    if (signedFor === undefined || signedFor === region) return undefined;
    return asked.method === "HEAD"
      ? refused(asked, 301, "PermanentRedirect", headers)
      : refused(asked, 400, "AuthorizationHeaderMalformed", headers);
  });
}

type Report = ProgramRun["report"];
const result = (report: Report, id: string) => report?.destinations[0]?.results.find((one) => one.id.startsWith(id));
const outcome = (report: Report, id: string) => result(report, id)?.outcome;
const evidence = (report: Report, id: string) => result(report, id)?.evidence;

const passing = (name: string, fault: Fault, destination: DestinationKind, as: Mode): FaultCase => ({
  name,
  destination,
  as,
  fault: () => fault,
  exitCodes: PASS,
  args: ["--multipart"],
});

/** The kinds of destinations in turn, so that the faults are spread over all of them. */
const VENDOR_DESTINATION_KINDS: readonly DestinationKind[] = ["versioned role", "bucket policy", "versioned bucket policy"];

const lostAnswer = (operation: string, destination: DestinationKind, as: Mode) =>
  passing(
    `the answer to ${operation} is lost`,
    first(1, operation, () => BROKEN_AFTER),
    destination,
    as,
  );

/** What spreads, for whom it can matter. */
const spreading = (as: Mode) =>
  SPREADING.filter(({ modes }) => !modes || modes.includes(as)).map(({ name, fault }, index) =>
    passing(name, fault, name.includes("role") || name.includes("trust") ? "versioned role" : VENDOR_DESTINATION_KINDS[index % 3]!, as),
  );

const killAtStep = (signal: NodeJS.Signals, step: string, index: number): FaultCase =>
  kill(step, signal, step.startsWith("sts:") ? "versioned role" : VENDOR_DESTINATION_KINDS[index % 3]!, "vendor");

/** Faults that the others have too, at another kind of destination or in another mode. */
const REPEATED: readonly FaultCase[] = [
  ...PASSING.slice(0, 9).map(({ name, fault }) => passing(name, fault, "role", "stand-in")),
  ...spreading("deployer"),
  ...WRITES.map((operation, index) => lostAnswer(operation, index % 2 === 0 ? "bucket policy" : "versioned role", "vendor")),
  ...STEPS.map((step, index) => killAtStep(SIGNALS[index % SIGNALS.length]!, step, index + 1)),
];

/**
 * Each fault once, by the real program and real connections. What test/cli/faults tries in simulated time at every kind of destination, in
 * every mode and at every request, is repeated here with CASES=all only.
 */
export const CASES: readonly FaultCase[] = [
  ...PASSING.map(({ name, fault }, index) =>
    name.includes("IAM") ? passing(name, fault, "role", "stand-in") : passing(name, fault, VENDOR_DESTINATION_KINDS[index % 3]!, "vendor"),
  ),
  ...spreading("vendor"),
  ...SPREADING.filter(({ modes }) => modes?.includes("stand-in")).map(({ name, fault }) => passing(name, fault, "role", "stand-in")),
  ...WRITES.map((operation, index) => lostAnswer(operation, index % 2 === 0 ? "versioned role" : "bucket policy", "vendor")),
  ...ROLE_WRITES.map((operation) => lostAnswer(operation, "role", "stand-in")),
  passing(
    "no answer to an upload within the time-out",
    first(1, "s3:PutObject", () => ({ reachesAws: true, answer: "silence" })),
    "versioned bucket policy",
    "vendor",
  ),
  ...STAYING,
  ...CUT_OFF,
  ...STEPS.map((step, index) => killAtStep("SIGKILL", step, index)),
  // The other signals do the same at every step.
  ...["s3:HeadBucket", "s3:PutObject", "s3:UploadPart", "s3:DeleteObject"].map((step, index) => killAtStep(SIGNALS[index]!, step, index)),
  ...ROLE_WRITES.flatMap((step, index) =>
    (["SIGKILL", SIGNALS[index % SIGNALS.length]!] as const).map((signal) => kill(step, signal, "role", "stand-in")),
  ),
  ...(process.env.CASES === "all" ? REPEATED : []),
];
