/**
 * A server between the program and the emulator that makes AWS's bad days: it passes requests on, unless the fault of the moment
 * answers itself, loses an answer, breaks the connection or takes its time.
 *
 * Like the emulator it speaks HTTP and HTTPS on one port, with the emulator's own certificate, and passes on by the same protocol.
 */
import { readFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Emulator } from "../emulator/server";
import { operationOf, type Received } from "./operation";
import { serveTwoProtocols } from "./two-protocols";

/** A request, as a fault sees it. */
export interface Asked extends Received {
  readonly operation: string;
  /** How many requests for this operation there were, this one included. */
  readonly nth: number;
  readonly plainHttp: boolean;
  /** Milliseconds since the first request. */
  readonly at: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** What happens to a request instead of what should. */
export interface Mishap {
  /** Whether AWS gets it. */
  readonly reachesAws: boolean;
  /** What the program gets instead of AWS's answer. `broken`: the connection ends; `silence`: nothing ever comes. */
  readonly answer?: Answer | "broken" | "silence";
  /** Milliseconds before anything of it happens. */
  readonly delayMs?: number;
  /** Done when AWS has dealt with it, before the program hears of it. */
  readonly then?: () => void;
  /** Stand in AWS's own answer, in place of its own; the request itself goes its usual way. */
  readonly headers?: OutgoingHttpHeaders;
}

/** Nothing for a request that goes its usual way. */
export type Fault = (asked: Asked) => Mishap | undefined;

export interface FaultProxy {
  readonly endpoint: string;
  /** Requests that the fault changed. */
  readonly mishaps: number;
  /** Every operation that was asked for, in order. */
  readonly operations: readonly string[];
  /** Waits until AWS has answered everything that was passed on. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFaultProxy(emulator: Emulator, fault: Fault): Promise<FaultProxy> {
  const upstream = new URL(emulator.httpsEndpoint);
  const ca = readFileSync(emulator.certificate, "utf8");
  const agent = new Agent({ ca, keepAlive: true });
  const counts = new Map<string, number>();
  const operations: string[] = [];
  let mishaps = 0;
  let underWay = 0;
  let started: number | undefined;

  /** AWS's own answer. */
  const passOn = async ({ method, url, headers, body }: Received, plainHttp: boolean): Promise<Required<Answer>> => {
    underWay++;
    try {
      return await new Promise((resolve, reject) => {
        const options = { host: upstream.hostname, port: upstream.port, method, path: url, headers };
        const asked = plainHttp ? httpRequest({ ...options, agent: false }, answered) : httpsRequest({ ...options, agent }, answered);
        function answered(answer: IncomingMessage) {
          bodyOf(answer).then((got) => resolve({ status: answer.statusCode!, headers: { ...answer.headers }, body: got }), reject);
        }
        asked.once("error", reject);
        asked.end(body);
      });
    } finally {
      underWay--;
    }
  };

  const serve = (plainHttp: boolean) => async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    try {
      const received = { method: incoming.method!, url: incoming.url!, headers: incoming.headers, body: await bodyOf(incoming) };
      const operation = operationOf(received);
      operations.push(operation);
      const nth = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, nth);
      started ??= Date.now();
      const mishap = fault({ ...received, operation, nth, plainHttp, at: Date.now() - started });
      if (mishap && !mishap.headers) mishaps++;
      if (mishap?.delayMs) await sleep(mishap.delayMs);
      const own = mishap?.reachesAws === false ? undefined : await passOn(received, plainHttp);
      mishap?.then?.();
      const answer = mishap?.answer ?? own;
      if (answer === "silence") return;
      if (answer === "broken" || answer === undefined) incoming.socket.destroy();
      else reply(outgoing, { ...answer, headers: { ...answer.headers, ...mishap?.headers } });
    } catch {
      incoming.socket.destroy();
    }
  };

  const key = readFileSync(emulator.certificate.replace(/\.crt$/, ".key"), "utf8");
  const server = await serveTwoProtocols({ cert: ca, key }, { http: serve(true), https: serve(false) });
  return {
    endpoint: `https://127.0.0.1:${server.port}`,
    get mishaps() {
      return mishaps;
    },
    operations,
    async idle() {
      while (underWay > 0) await sleep(20);
    },
    async stop() {
      await server.stop();
      agent.destroy();
    },
  };
}

function reply(outgoing: ServerResponse, { status, headers = {}, body = "" }: Answer): void {
  // The body is whole by now, however AWS had sent it; an answer to HEAD keeps the length that it speaks of.
  const { "transfer-encoding": _, connection: __, ...kept } = headers;
  const length = kept["content-length"] !== undefined && body.length === 0 ? {} : { "content-length": Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...kept, ...(status === 204 || status === 304 ? {} : length) });
  outgoing.end(body);
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
