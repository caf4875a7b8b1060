import { type Connect, type CredentialSource, type Failure, failureOf } from "../aws";

export interface Identity {
  readonly source: CredentialSource;
  readonly arn: string;
  readonly account: string;
}

export class Identities {
  private readonly known = new Map<CredentialSource, Promise<Identity | Failure>>();

  constructor(
    private readonly connect: Connect,
    private readonly signal: AbortSignal,
  ) {}

  /** The identity; or why it cannot be told. */
  of(source: CredentialSource, region: string): Promise<Identity | Failure> {
    let asked = this.known.get(source);
    if (!asked) {
      asked = this.ask(source, region);
      this.known.set(source, asked);
    }
    return asked;
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
