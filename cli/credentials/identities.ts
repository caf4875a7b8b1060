import { type Connect, type CredentialSource, type Failure, failureOf } from "../aws";
import type { Party } from "./callers";

export interface Identity {
  readonly source: CredentialSource;
  readonly arn: string;
  readonly account: string;
}

/** Who credentials belong to. STS is asked once for each source. */
export class Identities {
  private readonly known = new Map<CredentialSource, Promise<Identity | Failure>>();

  constructor(
    private readonly connect: Connect,
    private readonly signal: AbortSignal,
  ) {}

  /** The identity, or why it is unknown. */
  of(source: CredentialSource, region: string): Promise<Identity | Failure> {
    let found = this.known.get(source);
    if (!found) {
      found = this.ask(source, region);
      this.known.set(source, found);
    }
    return found;
  }

  private async ask(source: CredentialSource, region: string): Promise<Identity | Failure> {
    try {
      const caller = await this.connect(source, region).call("sts:GetCallerIdentity", {}, { signal: this.signal });
      return { source, arn: caller.Arn!, account: caller.Account! };
    } catch (error) {
      this.signal.throwIfAborted();
      return failureOf(error, "sts:GetCallerIdentity");
    }
  }
}

export function isIdentity(found: Identity | Failure | undefined): found is Identity {
  return found !== undefined && "arn" in found;
}

export function partyOf(
  title: string,
  { source, arn, account }: Identity,
  { connect, region }: { readonly connect: Connect; readonly region: string },
): Party {
  return { title, arn, account, aws: connect(source, region) };
}
