import type { Clock } from "../clock";
import { type Failure, failureOf } from "./failure";
import type { Connect, CredentialSource } from "./operations";

export interface Identity {
  readonly source: CredentialSource;
  readonly arn: string;
  readonly account: string;
}

/** Without a wish of the user to wait, a run without network ends within seconds. */
const PATIENCE_MS = 3_000;
const FIRST_DELAY_MS = 500;

/** Who credentials belong to. STS answers once for each source. */
export class Identities {
  private readonly known = new Map<CredentialSource, Promise<Identity | Failure>>();

  constructor(
    private readonly connect: Connect,
    private readonly signal: AbortSignal,
    private readonly clock: Pick<Clock, "now" | "sleep">,
    /** How long AWS may be unreachable. */
    private readonly patienceMs = PATIENCE_MS,
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

  /** A broken connection is tried again, and so are expired credentials: they may be renewed by now. */
  private async ask(source: CredentialSource, region: string): Promise<Identity | Failure> {
    const limit = this.clock.now() + this.patienceMs;
    let isRenewed = false;
    for (let delay = FIRST_DELAY_MS; ; delay *= 2) {
      const found = await this.askOnce(source, region);
      if (isIdentity(found)) return found;
      const mayBeRenewed: boolean = found.causeId === "expired-credentials" && !isRenewed;
      isRenewed ||= mayBeRenewed;
      if (!(found.kind === "transient" || mayBeRenewed) || this.clock.now() + delay > limit) return found;
      await this.clock.sleep(delay, this.signal);
    }
  }

  private async askOnce(source: CredentialSource, region: string): Promise<Identity | Failure> {
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
