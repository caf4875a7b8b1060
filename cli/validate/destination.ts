/** Validates one destination: reads how it stands, acts, judges, and cleans up whatever happens. */
import type { DeliveryContract, Result } from "../../lib/contract/types";
import { showFailure } from "../aws/failure";
import type { Connect } from "../aws/operations";
import { canary } from "./canary";
import { type Casting, chooseCast, type Sources } from "./casting";
import { cleanUp, describeLeft } from "./clean-up";
import { type Identities, isIdentity } from "./identities";
import type { Journal } from "./journal";
import { liveFindings } from "./live-findings";
import { merge } from "./merge";
import { multipart } from "./multipart";
import { ASSUMED, type Performance, perform } from "./perform";
import { accountOf } from "./principals";
import { type ReadBack, readBack } from "./read-back";
import { findRegion, regionToAskFrom } from "./region";
import { Site } from "./site";
import { createStandIn, leftStandIn, type StandIn, StandInLeft } from "./stand-in";
import type { Clock, DestinationReport, Judge, Leftover, LiveResult, Mode, Party } from "./types";

export interface DestinationOptions {
  readonly sources: Sources;
  readonly asked: Mode | undefined;
  readonly connect: Connect;
  readonly identities: Identities;
  readonly judge: Judge;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly assumeMs: number;
  readonly s3Ms: number;
  /** Region from the user's settings. */
  readonly region: string | undefined;
  /** Account that owns the bucket, where the user named it. */
  readonly owner: string | undefined;
  /** Also put an object in parts. */
  readonly multipart: boolean;
  /** The user's own endpoint for S3. */
  readonly endpoint: string | undefined;
  /** Told what may be left behind, should the program be killed; returns a function that ends it. */
  onKill(describe: () => readonly Leftover[]): () => void;
  /** Told what is going on, for people who wait. */
  progress(contract: DeliveryContract, step: string): void;
}

const NOTHING: Performance = { performed: new Map(), reasons: new Map() };

export async function validateDestination(contract: DeliveryContract, options: DestinationOptions): Promise<DestinationReport> {
  const { clock, signal, progress } = options;
  const started = clock.now();
  const place = await locate(contract, options);
  const site = new Site(contract, place.region, place.owner, options.journal, () => clock.uuid());
  let standIn: StandIn | undefined;
  const unwatch = options.onKill(() => [...describeLeft(site), ...(standIn ? [leftStandIn(standIn.name)] : [])]);
  let casting: Casting | undefined;
  let performance = NOTHING;
  let results: LiveResult[] = [...place.extras];
  let stopped: string | undefined;
  const left: Leftover[] = [];
  let live: ReadBack | undefined;
  let computed: ReadonlyMap<string, Result> = new Map();
  try {
    casting = await chooseCast({ ...options, contract, region: place.region, owner: place.owner });
    results.push(...casting.extras);
    const { deployer } = casting.cast;
    if (deployer) {
      progress(contract, "reading the live policies and settings");
      live = await readBack(deployer.aws, contract, place, signal);
      computed = new Map(options.judge(contract, live.account).map((result) => [result.id, result]));
      results.push(...liveFindings(contract, live));
    }
    const plain = endpointTrouble(options.endpoint);
    if (plain) results.push(plain);
    else if (!place.missing) {
      progress(contract, "acting");
      let canaryHeld = false;
      if (deployer && casting.mode === "deployer") {
        const shown = await canary({ contract, site, deployer, s3Ms: options.s3Ms, clock, signal });
        canaryHeld = shown.held;
        results.push(...shown.results);
      }
      let { cast } = casting;
      if (casting.mode === "stand-in" && deployer && contract.role && live) {
        progress(contract, "making a stand-in role");
        standIn = await createStandIn({ ...options, deployer, account: live.account, roleArn: contract.role.arn });
        cast = { ...cast, role: { title: "a stand-in role", isStandIn: true, assume: standIn.assume } };
      }
      performance = await perform({
        ...options,
        contract,
        site,
        cast,
        computed,
        canaryHeld,
        progress: (step) => progress(contract, step),
      });
      const uploader = performance.writer ?? deployer;
      if (options.multipart && uploader) results.push(await multipart(site, uploader, clock));
    }
  } catch (error) {
    stopped = error instanceof Error ? error.message : String(error);
    if (error instanceof StandInLeft) left.push(error.left);
  }
  progress(contract, "cleaning up");
  left.push(...(await cleanUp(site, cleaners(casting, performance), clock)));
  const stayed = await standIn?.remove();
  if (stayed) left.push(stayed);
  unwatch();
  const into = performance.performed.get(ASSUMED);
  if (into && into.outcome !== "pass") results.push(roleTrouble(into));
  results = [...merge(contract, { ...performance, computed, simulated: new Map() }), ...results];
  return {
    contract: contract.id,
    vendor: `${contract.vendor.name} ${contract.vendor.product}`,
    bucket: contract.bucket.name,
    region: place.region,
    mode: casting?.mode ?? options.asked ?? "deployer",
    ...(casting?.actedAs ? { actedAs: casting.actedAs } : {}),
    results,
    notChecked: notChecked(casting, live),
    written: site.objects.filter(({ written }) => written).length + (standIn ? 1 : 0),
    left,
    durationMs: clock.now() - started,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** Region and owner of the bucket, before anything else is asked. */
async function locate(contract: DeliveryContract, { connect, identities, sources, signal, owner, region }: DestinationOptions) {
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, region);
  const deployer = await identities.of(sources.deployer, first);
  const asker = isIdentity(deployer) ? sources.deployer : (sources.vendor ?? ({ kind: "anonymous" } as const));
  const found = await findRegion(connect(asker, first), contract.bucket.name, signal);
  const missing = found.failure?.causeId === "not-found" || found.failure?.causeId === "no-such-bucket";
  const extras: LiveResult[] = [];
  if (found.failure && (missing || (found.failure.kind !== "denied" && !found.region)))
    extras.push({
      id: "bucket-exists",
      title: "the bucket exists and can be reached",
      kind: "extra",
      expected: "reachable",
      outcome: missing ? "fail" : "unknown",
      ...(missing ? { evidence: "performed" as const } : {}),
      cause: `${found.failure.cause}: ${showFailure(found.failure)}`,
      ...(found.failure.remedy ? { remedy: found.failure.remedy } : {}),
      deciding: [],
    });
  const account = owner ?? (contract.role && accountOf(contract.role.arn)) ?? (isIdentity(deployer) ? deployer.account : undefined);
  return { region: found.region ?? first, owner: account, missing, extras };
}

/** Over plain HTTP the bucket refuses everybody, as it should: nothing could be told from it. */
function endpointTrouble(endpoint: string | undefined): LiveResult | undefined {
  if (!endpoint?.startsWith("http://")) return undefined;
  return {
    id: "endpoint-is-https",
    title: "requests go over HTTPS",
    kind: "extra",
    expected: "https",
    outcome: "unknown",
    cause: `the endpoint ${endpoint} speaks plain HTTP, which the bucket is meant to refuse for everybody: nothing was tried`,
    remedy: "set AWS_ENDPOINT_URL to the https:// form of the endpoint (NODE_EXTRA_CA_CERTS names its certificate's issuer)",
    deciding: [],
  };
}

function roleTrouble(into: { outcome: "pass" | "fail" | "unknown"; by: string; cause?: string; remedy?: string }): LiveResult {
  const { outcome, by, cause, remedy } = into;
  return {
    id: ASSUMED,
    title: `${by} can be assumed for the validation`,
    kind: "extra",
    expected: "allowed",
    outcome,
    by,
    deciding: [],
    ...(outcome === "fail" ? { evidence: "performed" as const } : {}),
    ...(cause ? { cause } : {}),
    ...(remedy ? { remedy } : {}),
  };
}

/** Who may remove test objects, the surest first. */
function cleaners(casting: Casting | undefined, performance: Performance): Party[] {
  return [casting?.cast.deployer, performance.writer].filter((party) => party !== undefined);
}

function notChecked(casting: Casting | undefined, live: ReadBack | undefined): string[] {
  const asVendor = casting?.mode === "vendor" && casting.cast.vendor !== undefined;
  return [
    ...(asVendor ? [] : ["the vendor's own policies, permissions boundary and SCPs: only the vendor's credentials can show them"]),
    ...(asVendor ? [] : ["SCPs and RCPs of this organization, as they bear on the vendor's requests"]),
    "Block Public Access of the account and the organization",
    "policies of VPC endpoints on the vendor's way",
    ...(live ? live.unread.map(({ operation, failure }) => `what ${operation} would tell: ${showFailure(failure)}`) : []),
  ];
}
