/** The AWS SDK behind `Aws`: clients are made, and the SDK is loaded, when the first call needs them. */

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { NOT_AWS } from "./failure";
import type { Aws, CallOptions, Connect, CredentialSource, OperationName } from "./operations";
import { type ProxyAgents, proxyAgents } from "./proxy";

// The SDK announces on stderr which Node versions it will drop one day; the user of a bundled program can do nothing about it.
const NODE_NOTICE_SWITCH = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/** Connections of all clients together: a handshake costs as much as several requests. */
const SOCKETS = 100;

function connectionPools(env: ConnectOptions["env"]): Required<ProxyAgents> {
  const pool = { keepAlive: true, maxSockets: SOCKETS };
  return { httpAgent: new HttpAgent(pool), httpsAgent: new HttpsAgent(pool), ...proxyAgents(env) };
}

export interface ConnectOptions {
  /** Endpoint for all services; without it the SDK's own settings (`AWS_ENDPOINT_URL`, profile) apply. */
  readonly endpoint?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Answer {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

interface Client {
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<Answer>;
  readonly middlewareStack: { add(middleware: unknown, options: unknown): void };
}

type Service = {
  readonly client: new (config: Record<string, unknown>) => Client;
  readonly commands: Record<string, new (input: unknown) => unknown>;
};

const SERVICES: Record<string, () => Promise<Service>> = {
  s3: async () => service(await import("./s3.js"), "S3Client"),
  sts: async () => service(await import("./sts.js"), "STSClient"),
  iam: async () => service(await import("./iam.js"), "IAMClient"),
  sqs: async () => service(await import("./sqs.js"), "SQSClient"),
  cloudtrail: async () => service(await import("./cloudtrail.js"), "CloudTrailClient"),
  accessanalyzer: async () => service(await import("./accessanalyzer.js"), "AccessAnalyzerClient"),
};

function service(module: unknown, client: string): Service {
  const exported = module as Record<string, never>;
  return { client: exported[client]!, commands: exported };
}

/** Whether the user set an endpoint of their own: emulators and gateways know no host names per bucket. */
export function customEndpoint(options: ConnectOptions): string | undefined {
  return options.endpoint ?? options.env.AWS_ENDPOINT_URL_S3 ?? options.env.AWS_ENDPOINT_URL;
}

export function connector(options: ConnectOptions): Connect {
  const agents = connectionPools(options.env);
  process.env[NODE_NOTICE_SWITCH] = "true";
  // Destinations share the clients, and with them the connections, of an identity.
  const made = new WeakMap<CredentialSource, Map<string, Aws>>();
  return (source, region) => {
    const regions = made.get(source) ?? new Map<string, Aws>();
    made.set(source, regions);
    const aws = regions.get(region) ?? connect(source, region, options, agents);
    regions.set(region, aws);
    return aws;
  };
}

function connect(source: CredentialSource, region: string, options: ConnectOptions, agents: Required<ProxyAgents>): Aws {
  const clients = new Map<string, Promise<{ client: Client; commands: Service["commands"] }>>();
  const clientFor = (name: string, plainHttp: boolean) => {
    const key = `${name} ${plainHttp}`;
    let made = clients.get(key);
    if (!made) {
      const load = SERVICES[name];
      if (!load) throw new Error(`there is no client for ${name}`);
      made = load().then(({ client, commands }) => ({
        client: create(client, source, region, plainHttp, options, agents),
        commands,
      }));
      clients.set(key, made);
    }
    return made;
  };
  return {
    async call(operation: OperationName, input: unknown, callOptions: CallOptions = {}) {
      const [name, action] = operation.split(":") as [string, string];
      const { client, commands } = await clientFor(name, callOptions.plainHttp ?? false);
      const command = new commands[`${action}Command`]!(input);
      const answer = await client.send(command, callOptions.signal ? { abortSignal: callOptions.signal } : undefined);
      if (name === "s3") mustBeAws(answer);
      return answer as never;
    },
  };
}

function create(
  Constructor: Service["client"],
  source: CredentialSource,
  region: string,
  plainHttp: boolean,
  options: ConnectOptions,
  agents: Required<ProxyAgents>,
): Client {
  const client = new Constructor({
    region,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    // The host in a queue's URL is AWS's, or a name that only the endpoint itself knows.
    ...(customEndpoint(options) ? { forcePathStyle: true, useQueueUrlAsEndpoint: false } : {}),
    ...credentials(source),
    logger: SILENT,
    // What goes into a request is the same for each of a kind, so it is put together once.
    cacheMiddleware: true,
    maxAttempts: options.env.AWS_MAX_ATTEMPTS === undefined ? 5 : Number(options.env.AWS_MAX_ATTEMPTS),
    requestHandler: {
      ...agents,
      connectionTimeout: 5_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 600_000,
    },
  });
  if (plainHttp) client.middlewareStack.add(overHttp, { step: "build", name: "plainHttp" });
  return client;
}

/** The SDK takes any HTTP 200 for S3's success; a login page answers so too. What S3 answers bears a request id. */
function mustBeAws({ $metadata }: Answer): void {
  if ($metadata.requestId !== undefined) return;
  throw Object.assign(new Error("the answer has no request id of AWS's"), { name: NOT_AWS, $metadata });
}

/**
 * What the SDK has to remark is not for stderr: errors come as errors. It passes over `info` and `error` where they are missing, and
 * with them over making a copy of each input and output without secrets.
 */
const SILENT = { trace() {}, debug() {}, warn() {} };

function credentials(source: CredentialSource): Record<string, unknown> {
  switch (source.kind) {
    case "environment":
      return {};
    case "profile":
      return { profile: source.name };
    case "keys":
      return {
        credentials: { accessKeyId: source.accessKeyId, secretAccessKey: source.secretAccessKey, sessionToken: source.sessionToken },
      };
    case "anonymous":
      return { signer: { sign: async (request: unknown) => request }, credentials: { accessKeyId: "", secretAccessKey: "" } };
  }
}

// The SDK's own `tls: false` still speaks HTTPS. A signature does not cover the protocol, so the request stays valid.
const overHttp = (next: (args: unknown) => unknown) => (args: { request: { protocol: string } }) => {
  args.request.protocol = "http:";
  return next(args);
};
