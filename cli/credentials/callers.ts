import type { Evidence } from "../../lib/contract";
import type { Aws, Connect, CredentialSource, Identity } from "../aws";

/** An identity that can call AWS. */
export interface Party {
  /** For reports: `the vendor`, `the destination role`. */
  readonly title: string;
  /** From GetCallerIdentity; absent for unsigned requests. */
  readonly arn?: string;
  readonly account?: string;
  /** The evidence that its requests give, if that is weaker than `performed`. */
  readonly evidence?: Evidence;
  readonly aws: Aws;
}

/** The identities that act for the actors of a contract. The requests of an actor without an identity are not tried. */
export interface Callers {
  /** The vendor's principal. It assumes the role, or (access method `bucketPolicy`) it calls S3 itself. */
  readonly vendor?: Party;
  /** The token that the vendor presents (access method `webIdentity`). */
  readonly webIdentityToken?: string;
  /** A way to get the destination role's permissions without the vendor. */
  readonly role?: RoleSession;
  readonly strangerInVendorAccount?: Party;
  readonly strangerAccount?: Party;
  readonly anonymous: Party;
  readonly deployer?: Party;
}

/** A way to get a session with the destination role's permissions. */
export interface RoleSession {
  readonly title: string;
  /** A stand-in is another role with the same permissions. Its requests count as `simulated`. */
  readonly isStandIn: boolean;
  assume(): Promise<CredentialSource>;
}

export function partyOf(
  title: string,
  { source, arn, account }: Identity,
  { connect, region }: { readonly connect: Connect; readonly region: string },
): Party {
  return { title, arn, account, aws: connect(source, region) };
}
