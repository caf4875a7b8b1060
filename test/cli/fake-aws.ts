/** A stand-in for AWS: each call is answered by the handler that the test planned, and a call nobody planned fails the test. */
import type { Aws, CallOptions, Connect, CredentialSource, OperationName } from "../../cli/aws/operations";
import type { Clock } from "../../cli/clock";
import { noteRequestId } from "../../cli/request-log";

export interface Call {
  /** Who calls: the name of a profile, the access key ID, `environment` or `anonymous`. */
  readonly who: string;
  readonly operation: OperationName;
  readonly input: any;
  readonly region: string;
  readonly plainHttp: boolean;
}

export type Handler = (call: Call) => unknown;

export class FakeAws {
  readonly calls: Call[] = [];
  readonly unplanned: Call[] = [];

  /** Gives each answer an ID, as AWS does. */
  requestId?: (call: Call) => string;

  constructor(private readonly handlers: Partial<Record<OperationName, Handler>>) {}

  plan(operation: OperationName, handler: Handler): this {
    this.handlers[operation] = handler;
    return this;
  }

  handlerOf(operation: OperationName): Handler | undefined {
    return this.handlers[operation];
  }

  readonly connect: Connect = (source, region) => this.as(this.nameOf(source), region);

  as(who: string, region = "eu-west-1"): Aws {
    const call = async (operation: OperationName, input: unknown, options: CallOptions = {}) => {
      options.signal?.throwIfAborted();
      const made = { who, operation, input, region, plainHttp: options.plainHttp ?? false };
      this.calls.push(made);
      const handler = this.handlers[operation];
      if (!handler) {
        this.unplanned.push(made);
        throw new Error(`nobody planned ${operation} by ${who}`);
      }
      if (this.requestId) noteRequestId({ $metadata: { requestId: this.requestId(made) } });
      return handler(made);
    };
    return { call: call as Aws["call"] };
  }

  nameOf(source: CredentialSource): string {
    if (source.kind === "profile") return source.name;
    return source.kind === "keys" ? source.accessKeyId : source.kind;
  }

  made(operation: OperationName): Call[] {
    return this.calls.filter((call) => call.operation === operation);
  }
}

/** An error as the SDK throws it. */
export function awsError(name: string, status: number, message = "", headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status, requestId: "1" }, $response: { headers } });
}

export function denied(message = "Access Denied"): Error {
  return awsError("AccessDenied", 403, message);
}

/** Time that passes only by sleeping. */
export class FakeClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  private uuids = 0;
  private readonly timers = new Set<{ readonly at: number; readonly run: () => void }>();
  readonly slept: number[] = [];

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(milliseconds);
    this.advanceTo(this.time + milliseconds);
    signal?.throwIfAborted();
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.time + milliseconds, run };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  /** Whatever is due until then runs at its time. */
  advanceTo(time: number): void {
    for (;;) {
      const [next] = [...this.timers].sort((one, other) => one.at - other.at);
      if (next === undefined || next.at > time) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = Math.max(this.time, time);
  }

  random(): number {
    return 0.5;
  }

  uuid(): string {
    this.uuids += 1;
    return `00000000-0000-4000-8000-${String(this.uuids).padStart(12, "0")}`;
  }
}
