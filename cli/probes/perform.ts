/** Tries what a contract expects: first everything that must be allowed, then what must be refused. */
import type { DeliveryContract, Expectation, Result } from "../../lib/contract";
import type { Connect, CredentialSource } from "../aws";
import type { TestObjects } from "../clean-up";
import type { Clock, Party } from "../report/validate/types";
import { assumeRole, assumeRoleWithToken, attempt } from "./attempt";
import { type Performed, verdict } from "./outcome";
import { type Attempt, type PollResult, pollUntilStable } from "./poll-until-stable";
import { contextValue, isPlainHttp, probeFor, putObject, sampleExpectation } from "./requests";

/** Who plays which part. A part that nobody plays is not tried. */
export interface Callers {
  /** The vendor's principal, at the role or (door `bucketPolicy`) at the bucket. */
  readonly vendor?: Party;
  /** The token with which the vendor comes (door `webIdentity`). */
  readonly webIdentityToken?: string;
  /** A way to a session of the destination role (or its stand-in) without the vendor. */
  readonly role?: RoleSession;
  readonly strangerInVendorAccount?: Party;
  readonly strangerAccount?: Party;
  readonly anonymous: Party;
  readonly deployer?: Party;
}

/** A way to a session with the destination role's permissions. */
export interface RoleSession {
  readonly title: string;
  /** A stand-in is another role with the same permissions: what it does counts as `simulated`. */
  readonly isStandIn: boolean;
  assume(): Promise<CredentialSource>;
}

export interface ProbeContext {
  readonly contract: DeliveryContract;
  readonly site: TestObjects;
  readonly cast: Callers;
  readonly connect: Connect;
  readonly assumeMs: number;
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What the live policies say, by expectation; where they agree with a bad answer, waiting is of no use. */
  readonly computed: ReadonlyMap<string, Result>;
  /** A positive answer that was had before (the deployer's canary). */
  readonly canaryHeld: boolean;
  /** Told what is being tried, for people who wait. */
  progress(step: string): void;
}

/** What came out so far. It grows while things are tried, so that an interruption loses nothing. */
export interface Performance {
  readonly performed: Map<string, Performed>;
  /** Why an expectation was not tried. */
  readonly reasons: Map<string, string>;
  /** Who acts as the vendor at the bucket. */
  writer?: Party;
}

/** The answer that agrees with the policies as they are read needs no more patience than this. */
const AGREED_MS = 5_000;

export async function perform(scene: ProbeContext, performance: Performance): Promise<void> {
  const { contract, site, cast, clock, signal } = scene;
  const { performed, reasons } = performance;
  const assumes = contract.door !== "bucketPolicy";
  const positives = contract.expectations.filter(({ expected }) => expected === "allowed");
  const negatives = contract.expectations.filter(({ expected }) => expected === "denied");
  let session: CredentialSource | undefined;
  let roleHeld = false;
  /** Actions at the bucket that were seen to be allowed, by who did them. */
  const allowed = new Set<string>(scene.canaryHeld && cast.deployer ? [cast.deployer.title] : []);

  const holdFor = (expectation: Expectation, deadline: number, by: Party, call: () => Promise<Attempt>): Promise<PollResult> => {
    const wanted = expectation.expected === "allowed" ? "allowed" : "refused";
    const agreed = scene.computed.get(expectation.id)?.outcome === "fail";
    scene.progress(expectation.title);
    const limit = agreed ? Math.min(deadline, clock.now() + AGREED_MS) : deadline;
    return pollUntilStable(call, { wanted, deadline: limit, clock, signal }).then((held) => {
      performed.set(expectation.id, verdict(expectation.expected, held, by));
      return held;
    });
  };

  // 1. Into the role.
  const assumeDeadline = clock.now() + scene.assumeMs;
  if (assumes && cast.role) {
    const way = cast.role;
    const held = await pollUntilStable(
      () =>
        attempt("sts:AssumeRole", async () => {
          session = await way.assume();
        }),
      {
        wanted: "allowed",
        deadline: assumeDeadline,
        clock,
        signal,
      },
    );
    roleHeld = held.settled && !way.isStandIn;
    performed.set(ASSUMED, verdict("allowed", held, way));
  }
  for (const expectation of positives.filter(isAssume)) {
    if (!cast.vendor) reasons.set(expectation.id, "not tried: nobody with the vendor's credentials is at hand");
    else if (cast.role) reasons.set(expectation.id, `not tried: ${cast.role.title} acts instead of the vendor`);
    else {
      const held = await holdFor(expectation, assumeDeadline, cast.vendor, assumeAttempt(expectation, cast.vendor));
      roleHeld ||= held.settled;
    }
  }

  // 2. What must be allowed at the bucket.
  const writer: Party | undefined = assumes
    ? session && {
        title: cast.role?.title ?? "the destination role",
        ...(cast.role?.isStandIn ? { evidence: "simulated" } : {}),
        aws: scene.connect(session, site.region),
      }
    : cast.vendor;
  if (writer) performance.writer = writer;
  const s3Deadline = clock.now() + scene.s3Ms;
  const atBucket = positives.filter((expectation) => !isAssume(expectation) && expectation.actor === "vendor");
  for (const expectation of inOrder(atBucket, contract.bucket.arn)) {
    if (!writer) reasons.set(expectation.id, "not tried: nobody could act as the vendor at the bucket");
    else await tryAtBucket(expectation, writer, s3Deadline);
  }

  // 3. What must be refused, now that something was allowed: before rights have spread, everything is refused.
  for (const expectation of negatives) {
    if (isAssume(expectation)) await tryAssumeRefused(expectation);
    else await tryBucketRefused(expectation);
  }

  function isAssume({ action }: Expectation): boolean {
    return action.startsWith("sts:AssumeRole");
  }

  function assumeAttempt(expectation: Expectation, party: Party): () => Promise<Attempt> {
    // A stranger who knows the external ID is the one to fear.
    const externalId = contextValue(expectation, "sts:ExternalId") ?? contract.externalIds[0];
    const presented = expectation.actor === "vendorWithoutExternalId" ? undefined : externalId;
    const options = { roleArn: expectation.resource, signal, ...(presented === undefined ? {} : { externalId: presented }) };
    return () =>
      attempt(expectation.action, async () => {
        const keys =
          cast.webIdentityToken !== undefined && party === cast.vendor
            ? await assumeRoleWithToken(party.aws, { ...options, token: cast.webIdentityToken })
            : await assumeRole(party.aws, options);
        if (expectation.expected === "allowed") session = keys;
      });
  }

  async function tryAtBucket(expectation: Expectation, who: Party, deadline: number): Promise<void> {
    const probe = probeFor(expectation, contract.bucket.arn);
    if ("why" in probe) {
      reasons.set(expectation.id, probe.why);
      return;
    }
    if (probe.needsObject && !site.present() && !(await ensureObject(who))) {
      reasons.set(expectation.id, "not tried: there is no test object to try it on, since nobody may put one");
      return;
    }
    const options = { signal, ...(isPlainHttp(expectation) ? { plainHttp: true } : {}) };
    const held = await holdFor(expectation, deadline, who, () =>
      attempt(expectation.action, () => probe.run({ aws: who.aws, site, expectation, options })),
    );
    if (held.settled && expectation.expected === "allowed") allowed.add(who.title);
  }

  /** An object to try things on: put by who may put, else by the deployer. */
  async function ensureObject(who: Party): Promise<boolean> {
    const sample = sampleExpectation(contract, "object-for-probes");
    const putters = [writer, cast.deployer].filter((party) => party !== undefined && (party !== who || allowed.has(party.title)));
    for (const { aws } of putters as Party[]) {
      const put = await attempt("s3:PutObject", () => putObject({ aws, site, expectation: sample, options: {} }));
      if (put.outcome === "allowed") return true;
    }
    return false;
  }

  async function tryAssumeRefused(expectation: Expectation): Promise<void> {
    const party = playing(expectation);
    if (!party) reasons.set(expectation.id, `not tried: nobody at hand is ${WHO[expectation.actor]}`);
    else if (expectation.action === "sts:AssumeRoleWithWebIdentity" && party !== cast.vendor)
      reasons.set(expectation.id, "not tried: nobody at hand has a token of another identity");
    else if (!roleHeld) reasons.set(expectation.id, "not tried: nobody was seen to get into the role, so a refusal would prove nothing");
    else await holdFor(expectation, Math.max(assumeDeadline, clock.now() + AGREED_MS), party, assumeAttempt(expectation, party));
  }

  async function tryBucketRefused(expectation: Expectation): Promise<void> {
    const party = expectation.actor === "vendor" ? writer : playing(expectation);
    if (!party) reasons.set(expectation.id, `not tried: nobody at hand is ${WHO[expectation.actor]}`);
    else if (allowed.size === 0 || (party === writer && !allowed.has(party.title)))
      reasons.set(expectation.id, "not tried: nothing was seen to be allowed at the bucket, so a refusal would prove nothing");
    else await tryAtBucket(expectation, party, Math.max(s3Deadline, clock.now() + AGREED_MS));
  }

  function playing({ actor }: Expectation): Party | undefined {
    switch (actor) {
      case "vendor":
      case "vendorWithoutExternalId":
        return cast.role ? undefined : cast.vendor;
      case "strangerInVendorAccount":
        return cast.strangerInVendorAccount;
      case "strangerAccount":
        return cast.strangerAccount;
      case "anonymous":
        return cast.anonymous;
    }
  }
}

/** Key in `performed` of the step into the role that is not the vendor's own. */
export const ASSUMED = "role-session";

const WHO: Readonly<Record<Expectation["actor"], string>> = {
  vendor: "the vendor",
  vendorWithoutExternalId: "the vendor",
  strangerInVendorAccount: "somebody else in the vendor's account",
  strangerAccount: "somebody of an account that has no part in this",
  anonymous: "anonymous",
};

/** What comes later needs what came before: an object is put, then used, then deleted. */
function inOrder(expectations: readonly Expectation[], bucketArn: string): Expectation[] {
  const rank = (expectation: Expectation) => {
    const probe = probeFor(expectation, bucketArn);
    return "why" in probe ? 0 : probe.rank;
  };
  return [...expectations].sort((a, b) => rank(a) - rank(b));
}
