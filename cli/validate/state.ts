import type { DeliveryContract, Result } from "../../lib/contract";
import type { AccountModel } from "../../lib/plan";
import type { Connect, Identities } from "../aws";
import type { Journal, TestObjects } from "../clean-up";
import type { Clock } from "../clock";
import type { ChosenCallers, Sources } from "../credentials";
import {
  type Analysis,
  Analyzers,
  type ExternalAccess,
  type Judge,
  type Located,
  Organizations,
  type ReadBack,
  type Simulated,
} from "../live";
import type { ProbeResults, StandIn } from "../probes";
import type { Leftover, LiveResult, Mode } from "../report/validate";

/** Readings that all destinations of a run share, as the quotas of Organizations and Access Analyzer are low. */
export class SharedReadings {
  readonly analyzers = new Analyzers();
  readonly organizations: Organizations;

  constructor(signal: AbortSignal) {
    this.organizations = new Organizations(signal);
  }
}

export interface DestinationOptions {
  /** All contracts of this run. */
  readonly contracts: readonly DeliveryContract[];
  readonly sources: Sources;
  /** The mode that the user asked for. */
  readonly asked: Mode | undefined;
  readonly connect: Connect;
  readonly identities: Identities;
  readonly shared: SharedReadings;
  readonly judge: Judge;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long AWS may take to apply a change of the role, or of the bucket. */
  readonly assumeMs: number;
  readonly s3Ms: number;
  /** Region from the user's settings. */
  readonly region: string | undefined;
  /** Account that owns the bucket, if the user named it. */
  readonly owner: string | undefined;
  /** Write nothing: no test object, no stand-in role. */
  readonly readOnly: boolean;
  /** Also try a multipart upload. */
  readonly multipart: boolean;
  /** The user's own endpoint for S3. */
  readonly endpoint: string | undefined;
  /** Registers a description of what would remain if the program were killed. Returns a function that removes it. */
  onKill(describe: () => readonly Leftover[]): () => void;
  /** Reports to a waiting user what is going on. */
  progress(contract: DeliveryContract, step: string): void;
}

/** One validation. It collects what is known so far: whatever stops it, that much is reported. */
export interface Validation {
  readonly contract: DeliveryContract;
  readonly options: DestinationOptions;
  /** The plan or state that holds the contract. */
  readonly planned: AccountModel | undefined;
  readonly place: Located;
  readonly testObjects: TestObjects;
  /** Whether somebody can remove what is written: results to report. */
  readonly removal: { result(): readonly LiveResult[] };
  chosen?: ChosenCallers;
  live?: ReadBack;
  computed: ReadonlyMap<string, Result>;
  simulated: Simulated;
  analysis: Analysis;
  /** Undefined where nobody asked. */
  external?: ExternalAccess;
  readonly probes: ProbeResults;
  standIn?: StandIn;
  /** What the last reading of the bucket and the role found besides the results of the contract. */
  read: readonly LiveResult[];
  /** Other results besides those of the contract. */
  readonly extras: LiveResult[];
  readonly left: Leftover[];
  /** The bucket belongs to another account, so nothing else can be said about it. */
  isForeign?: true;
  stopped?: string;
}
