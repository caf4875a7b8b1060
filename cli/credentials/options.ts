import type { DeliveryContract } from "../../lib/contract";
import type { Connect, CredentialSource, Identities } from "../aws";
import type { Mode } from "../report/validate";

/** The credentials that the user named. */
export interface Sources {
  readonly deployer: CredentialSource;
  readonly vendor?: CredentialSource;
  /** A web identity token of the vendor. */
  readonly vendorToken?: string;
  readonly strangers: readonly CredentialSource[];
}

export interface ChooseCallersOptions {
  readonly contract: DeliveryContract;
  readonly sources: Sources;
  /** The mode that the user asked for. */
  readonly asked: Mode | undefined;
  readonly region: string;
  /** The customer's account, if it is known. */
  readonly owner: string | undefined;
  readonly connect: Connect;
  readonly identities: Identities;
  readonly signal: AbortSignal;
}
