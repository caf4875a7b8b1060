import type { DeliveryContract, Result } from "../../lib/contract";
import type { Connect, CredentialSource } from "../aws";
import type { TestObjects } from "../clean-up";
import type { Clock } from "../clock";
import type { Callers, Party } from "../credentials";
import type { Performed } from "./outcome";

export interface ProbeContext {
  readonly contract: DeliveryContract;
  readonly testObjects: TestObjects;
  readonly callers: Callers;
  readonly connect: Connect;
  /** How long AWS may take to apply a change of the role, or of the bucket. */
  readonly assumeMs: number;
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What the live policies say, by expectation. */
  readonly computed: ReadonlyMap<string, Result>;
  readonly readOnly: boolean;
  /** The deployer has put a test object already. */
  readonly deployerHasPut: boolean;
  /** Reports to a waiting user what is being tried. */
  progress(step: string): void;
}

/** The results so far. They grow while requests are made, so that an interruption loses nothing. */
export interface ProbeResults {
  /** By expectation. */
  readonly performed: Map<string, Performed>;
  /** Why an expectation was not tried. */
  readonly reasons: Map<string, string>;
  /** Who acts as the vendor at the bucket. */
  writer?: Party;
  /** Why no request over plain HTTP reaches AWS. */
  plainHttpBlocked?: string;
}

export interface ProbeState {
  readonly context: ProbeContext;
  readonly results: ProbeResults;
  /** Until when a denied AssumeRole request may be a change that has not propagated yet. */
  readonly assumeDeadline: number;
  /** The same for requests to the bucket. */
  s3Deadline: number;
  /** A session with the destination role's permissions. */
  session?: CredentialSource;
  /** A session of the real role (not of a stand-in) was granted. */
  roleAssumed: boolean;
  /** Titles of the parties that AWS allowed a request at the bucket. */
  readonly allowedParties: Set<string>;
}

export function initialState(context: ProbeContext, results: ProbeResults): ProbeState {
  const { clock, assumeMs, s3Ms, deployerHasPut, callers } = context;
  return {
    context,
    results,
    assumeDeadline: clock.now() + assumeMs,
    s3Deadline: clock.now() + s3Ms,
    roleAssumed: false,
    allowedParties: new Set(deployerHasPut && callers.deployer ? [callers.deployer.title] : []),
  };
}
