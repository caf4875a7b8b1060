/** Implements `Aws` with the AWS SDK. The SDK is loaded, and a client is created, when the first call needs it. */

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { ANSWER_MS, CONNECT_MS, FIRST_CONNECT_MS, UPLOAD_ANSWER_MS, withinDeadline } from "../call-deadlines";
import { endpointOf, type SentRequest } from "../endpoints";
import { noteRequestId } from "../request-log";
import { requireAnswerOfAws } from "./answer-check";
import type { Aws, CallOptions, Connect, CredentialSource, OperationName, Operations } from "./operations";
import { type ProxyAgents, proxyAgents } from "./proxy";

// The SDK warns on stderr about Node.js versions that it will stop supporting. Users of the bundled program cannot act on it.
const NODE_NOTICE_SWITCH = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/** Connections that all clients share: a handshake costs as much as several requests. */
const SOCKETS = 100;

function connectionPools(env: ConnectOptions["env"]): Required<ProxyAgents> {
  const pool = { keepAlive: true, maxSockets: SOCKETS };
  return { httpAgent: new HttpAgent(pool), httpsAgent: new HttpsAgent(pool), ...proxyAgents(env) };
}

export interface ConnectOptions {
  /** Endpoint for all services; without it the SDK's own settings (`AWS_ENDPOINT_URL`, profile) apply. */
  readonly endpoint?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with the address of each request, such as `https://s3.eu-west-1.amazonaws.com`. */
  readonly onRequest?: (endpoint: string) => void;
}

interface Answer {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

interface Client {
  send(command: unknown, options?: { abortSignal?: AbortSignal; requestTimeout?: number }): Promise<Answer>;
  readonly middlewareStack: { add(middleware: unknown, options: unknown): void };
}

type Service = {
  readonly client: new (config: Record<string, unknown>) => Client;
  readonly commands: Record<string, new (input: unknown) => unknown>;
};

const SERVICES: Record<string, () => Promise<Service>> = {
  s3: async () => service(await import("./clients/s3.js"), "S3Client"),
  sts: async () => service(await import("./clients/sts.js"), "STSClient"),
  iam: async () => service(await import("./clients/iam.js"), "IAMClient"),
  kms: async () => service(await import("./clients/kms.js"), "KMSClient"),
  s3control: async () => service(await import("./clients/s3control.js"), "S3ControlClient"),
  organizations: async () => service(await import("./clients/organizations.js"), "OrganizationsClient"),
  sqs: async () => service(await import("./clients/sqs.js"), "SQSClient"),
  cloudtrail: async () => service(await import("./clients/cloudtrail.js"), "CloudTrailClient"),
  accessanalyzer: async () => service(await import("./clients/accessanalyzer.js"), "AccessAnalyzerClient"),
};

function service(module: unknown, client: string): Service {
  const exported = module as Record<string, never>;
  return { client: exported[client]!, commands: exported };
}

/** The endpoint that the user set, if any. Emulators and gateways have no host name for each bucket. */
export function customEndpoint(options: ConnectOptions): string | undefined {
  return options.endpoint ?? options.env.AWS_ENDPOINT_URL_S3 ?? options.env.AWS_ENDPOINT_URL;
}

export function connector(options: ConnectOptions): Connect {
  const agents = connectionPools(options.env);
  process.env[NODE_NOTICE_SWITCH] = "true";
  // All destinations share the clients of an identity, and so its connections.
  const clients = new WeakMap<CredentialSource, Map<string, Aws>>();
  const connected: Connect = (source, region) => {
    const regions = clients.get(source) ?? new Map<string, Aws>();
    clients.set(source, regions);
    const aws = regions.get(region) ?? connect({ source, region, options, agents, connected });
    regions.set(region, aws);
    return aws;
  };
  return connected;
}

interface ClientSettings {
  readonly source: CredentialSource;
  readonly region: string;
  readonly options: ConnectOptions;
  readonly agents: Required<ProxyAgents>;
  /** For the credentials that assume a role. */
  readonly connected: Connect;
}

function connect(settings: ClientSettings): Aws {
  const clients = new Map<string, Promise<{ client: Client; commands: Service["commands"] }>>();
  const clientFor = (name: string, plainHttp: boolean) => {
    const key = `${name} ${plainHttp}`;
    let made = clients.get(key);
    if (!made) {
      const load = SERVICES[name];
      if (!load) throw new Error(`there is no client for ${name}`);
      made = load().then(({ client, commands }) => ({
        client: createClient(client, { ...settings, service: name, plainHttp }),
        commands,
      }));
      clients.set(key, made);
    }
    return made;
  };
  return {
    async call<N extends OperationName>(operation: N, input: Operations[N][0], callOptions: CallOptions = {}): Promise<Operations[N][1]> {
      const [name, action] = operation.split(":") as [string, string];
      const { client, commands } = await clientFor(name, callOptions.plainHttp ?? false);
      const isUpload = operation === "s3:UploadPart";
      const sendOptions = isUpload ? { requestTimeout: UPLOAD_ANSWER_MS } : {};
      const answer = await withinDeadline(
        (abortSignal) => client.send(new commands[`${action}Command`]!(input), { abortSignal, ...sendOptions }),
        { isUpload, signal: callOptions.signal },
      ).catch((error) => {
        noteRequestId(error);
        throw error;
      });
      noteRequestId(answer);
      return answer as Operations[N][1];
    },
  };
}

interface ServiceSettings extends ClientSettings {
  readonly service: string;
  readonly plainHttp: boolean;
}

/** Many networks block plain HTTP, and STS is called first. In both cases, a missing connection must show soon. */
const QUICK = { connectionTimeout: FIRST_CONNECT_MS, attempts: 2 };
/** No result depends on what these answer, and a network without a way to them must not hold the run up. */
const OPTIONAL = { connectionTimeout: FIRST_CONNECT_MS, attempts: 3 };
const PATIENT = { connectionTimeout: CONNECT_MS, attempts: 5 };

const BY_SERVICE: Readonly<Record<string, typeof PATIENT>> = { sts: QUICK, s3control: OPTIONAL, organizations: OPTIONAL };

function createClient(Constructor: Service["client"], settings: ServiceSettings): Client {
  const { region, options, agents, service, plainHttp } = settings;
  const { connectionTimeout, attempts } = plainHttp ? QUICK : (BY_SERVICE[service] ?? PATIENT);
  const client = new Constructor({
    region,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    // The host in a queue's URL is AWS's, or a name that only the endpoint can resolve.
    ...(customEndpoint(options) ? { forcePathStyle: true, useQueueUrlAsEndpoint: false } : {}),
    ...credentials(settings),
    logger: SILENT,
    // The middleware of an operation is the same for every request, so it is composed once.
    cacheMiddleware: true,
    maxAttempts: options.env.AWS_MAX_ATTEMPTS === undefined ? attempts : Number(options.env.AWS_MAX_ATTEMPTS),
    requestHandler: {
      ...agents,
      connectionTimeout,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 600_000,
    },
  });
  client.middlewareStack.add(requireAnswerOfAws(service), { step: "deserialize", priority: "low", name: "requireAnswerOfAws" });
  if (plainHttp) client.middlewareStack.add(overHttp, { step: "build", name: "plainHttp" });
  const { onRequest } = options;
  if (onRequest) client.middlewareStack.add(reporting(onRequest), { step: "build", priority: "low", name: "onRequest" });
  return client;
}

/**
 * Keeps the SDK's log messages off stderr; errors are thrown anyway. Without `info` and `error`, the SDK also skips copying each input
 * and output without secrets.
 */
const SILENT = { trace() {}, debug() {}, warn() {} };

function credentials({ source, region, connected }: ClientSettings): Record<string, unknown> {
  switch (source.kind) {
    case "environment":
      return {};
    case "profile":
      return { profile: source.name };
    case "keys":
      return {
        credentials: { accessKeyId: source.accessKeyId, secretAccessKey: source.secretAccessKey, sessionToken: source.sessionToken },
      };
    case "role":
      // The SDK asks again shortly before the session expires.
      return { credentials: () => sessionOf(source, connected(source.by, region)) };
    case "anonymous":
      return { signer: { sign: async (request: unknown) => request }, credentials: { accessKeyId: "", secretAccessKey: "" } };
  }
}

async function sessionOf({ roleArn, sessionName }: Extract<CredentialSource, { kind: "role" }>, aws: Aws) {
  const { Credentials } = await aws.call("sts:AssumeRole", { RoleArn: roleArn, RoleSessionName: sessionName });
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
    ...(Credentials!.Expiration && { expiration: Credentials!.Expiration }),
  };
}

// The SDK's `tls: false` still uses HTTPS. A signature does not cover the protocol, so the request stays valid.
const overHttp = (next: (args: unknown) => unknown) => (args: { request: { protocol: string } }) => {
  args.request.protocol = "http:";
  return next(args);
};

const reporting = (onRequest: (endpoint: string) => void) => (next: (args: unknown) => unknown) => (args: { request: SentRequest }) => {
  onRequest(endpointOf(args.request));
  return next(args);
};
