import type { Clock } from "../clock";
import { type Failure, failureOf } from "./failure";
import type { Connect, CredentialSource } from "./operations";

export interface Identity {
  readonly source: CredentialSource;
  readonly arn: string;
  readonly account: string;
}

/** Unless the user asks to wait, a run without a network ends within seconds. */
const REACH_MS = 3_000;
const FIRST_DELAY_MS = 500;

export interface Waiting {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** How long AWS may be unreachable. @default 3000 */
  readonly reachMs?: number | undefined;
}

/** Who credentials belong to. STS answers once for each source. */
export class Identities {
  private readonly known = new Map<CredentialSource, Promise<Identity | Failure>>();

  constructor(
    private readonly connect: Connect,
    private readonly waiting: Waiting,
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
    const { signal, clock, reachMs = REACH_MS } = this.waiting;
    const limit = clock.now() + reachMs;
    let isRenewed = false;
    for (let delay = FIRST_DELAY_MS; ; delay *= 2) {
      const found = await this.askOnce(source, region);
      if (isIdentity(found)) return found;
      const mayBeRenewed: boolean = found.causeId === "expired-credentials" && !isRenewed;
      isRenewed ||= mayBeRenewed;
      if (!(found.kind === "transient" || mayBeRenewed) || clock.now() + delay > limit) return found;
      await clock.sleep(delay, signal);
    }
  }

  private async askOnce(source: CredentialSource, region: string): Promise<Identity | Failure> {
    try {
      const caller = await this.connect(source, region).call("sts:GetCallerIdentity", {}, { signal: this.waiting.signal });
      return { source, arn: caller.Arn!, account: caller.Account! };
    } catch (error) {
      this.waiting.signal.throwIfAborted();
      return failureOf(error, "sts:GetCallerIdentity");
    }
  }
}

export function isIdentity(found: Identity | Failure | undefined): found is Identity {
  return found !== undefined && "arn" in found;
}
