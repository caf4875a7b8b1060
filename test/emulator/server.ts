/**
 * Starts the emulator of AWS for a test, and stops it again: three accounts, HTTP and HTTPS on one port, nothing left behind.
 *
 * ```ts
 * const emulator = await startEmulator();
 * const { s3 } = emulator.clients(emulator.customer.root);
 * ```
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type Clients, type ClientsOptions, type Credentials, clientsOf } from "./clients";
import { createPrincipals, type Principals } from "./principals";

export type { Clients, ClientsOptions, Credentials } from "./clients";
export type { AssumedSession, Principals, RoleOptions, TestRole } from "./principals";

/** An account of the emulator. */
export interface Account extends Principals {
  readonly id: string;
  /** The root user's access key: the emulator takes a 12-digit access key id for that account's root. */
  readonly root: Credentials;
}

export interface Emulator {
  /** Plain HTTP. Where a bucket policy demands TLS, it refuses. */
  readonly endpoint: string;
  readonly httpsEndpoint: string;
  /** PEM file of the self-signed certificate, for `NODE_EXTRA_CA_CERTS`, `AWS_CA_BUNDLE` or a provider's `custom_ca_bundle`. */
  readonly certificate: string;
  readonly customer: Account;
  readonly vendor: Account;
  readonly stranger: Account;
  /** Any other account that `options.accounts` asked for. */
  account(id: string): Account;
  /** SDK clients over HTTPS, path-style, in `us-east-1` unless told otherwise. */
  clients(credentials: Credentials, options?: ClientsOptions): Clients;
  /** What a child process needs to speak to the emulator as somebody, over HTTPS: the SDK's own standard variables. */
  environment(credentials: Credentials, options?: ClientsOptions): Record<string, string>;
  /** What the emulator has printed so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /** @default - a free port */
  readonly port?: number;
  /** Accounts beside the customer's, the vendor's and the stranger's. */
  readonly accounts?: readonly string[];
  /** Whether localemu's deviations from AWS are corrected. False shows which ones still exist. @default true */
  readonly rules?: boolean;
}

export const CUSTOMER = "111111111111";
export const VENDOR = "222222222222";
export const STRANGER = "333333333333";

const HOST = "127.0.0.1";
const DEFAULT_REGION = "us-east-1";
const START_LIMIT_MS = 600_000;
/**
 * The emulator listens seconds after its port was chosen. Until then, a connection of any process may take a port of the system's own
 * range, which begins at 32768 on Linux and at 49152 elsewhere.
 */
const PORTS = [10_000, 32_000] as const;

/** Starts an emulator of its own for the caller, with AWS's rules set right. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { ensureEmulator } = await import("./install.mjs");
  const { python, unavailable } = await ensureEmulator();
  if (python === undefined) throw new Error(unavailable);

  const port = await freePort(options.port);
  const accounts = [CUSTOMER, VENDOR, STRANGER, ...(options.accounts ?? [])];
  const folder = mkdtempSync(join(tmpdir(), "vendor-destination-emulator-"));
  const logFile = join(folder, "log.txt");
  const pem = join(folder, "server.pem");
  const certificate = `${pem}.crt`;
  const log = openSync(logFile, "w");
  // The pipe on stdin is the emulator's life line: when it closes, even because this process was killed, the emulator ends
  // and removes its folder.
  const child = spawn(python, [join(__dirname, "rules.py")], {
    stdio: ["pipe", log, log],
    env: { ...withoutAws(process.env), ...settings(port, folder, pem, accounts), EMULATOR_RULES: options.rules === false ? "off" : "on" },
  });
  closeSync(log);
  const httpsEndpoint = `https://${HOST}:${port}`;
  const readLog = () => readIfThere(logFile);
  const stop = stopper(child, folder);

  try {
    await untilHealthy(child, port, certificate);
    await loadServices(clientsOf(rootOf(CUSTOMER), { region: DEFAULT_REGION, endpoint: httpsEndpoint }, readIfThere(certificate)));
  } catch (error) {
    const text = readLog();
    await stop();
    throw new Error(`the emulator did not start: ${(error as Error).message}; it printed:\n${text}`);
  }

  const ca = readFileSync(certificate, "utf8");
  const clients = (credentials: Credentials, given: ClientsOptions = {}) =>
    clientsOf(credentials, { region: DEFAULT_REGION, endpoint: httpsEndpoint, ...given }, ca);
  const account = (id: string): Account => {
    if (!accounts.includes(id)) throw new Error(`the emulator has no account ${id}; name it in startEmulator({ accounts })`);
    const root = rootOf(id);
    return { id, root, ...createPrincipals(id, clients(root), (credentials) => clients(credentials).sts) };
  };

  return {
    endpoint: `http://${HOST}:${port}`,
    httpsEndpoint,
    certificate,
    customer: account(CUSTOMER),
    vendor: account(VENDOR),
    stranger: account(STRANGER),
    account,
    clients,
    environment: (credentials, given = {}) => ({
      AWS_ENDPOINT_URL: given.endpoint ?? httpsEndpoint,
      AWS_REGION: given.region ?? DEFAULT_REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CA_BUNDLE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
    }),
    log: readLog,
    stop,
  };
}

/** The emulator's environment: its own words for what is wanted. State, caches and the certificate all lie in `folder`. */
function settings(port: number, folder: string, pem: string, accounts: readonly string[]): Record<string, string> {
  return {
    GATEWAY_LISTEN: `${HOST}:${port}`,
    IAM_ENFORCEMENT: "1",
    ROOT_ACCESS_KEYS: accounts.join(","),
    CUSTOM_SSL_CERT_PATH: pem,
    FILESYSTEM_ROOT: folder,
    OVERRIDE_IN_DOCKER: "0",
    TMPDIR: folder,
    PYTHONUTF8: "1",
    EMULATOR_FOLDER: folder,
    // A line for each request is a tenth of the emulator's processor time.
    LS_LOG: "warning",
  };
}

function rootOf(id: string): Credentials {
  return { accessKeyId: id, secretAccessKey: "root" };
}

/** The emulator loads a service on its first request, which takes seconds: not at the cost of a test's time limit. */
async function loadServices({ s3, sts, iam }: Clients): Promise<void> {
  await sts.send(new GetCallerIdentityCommand({}));
  await Promise.all([s3.send(new ListBucketsCommand({})), iam.send(new ListRolesCommand({}))]);
}

function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_")));
}

function stopper(child: ChildProcess, folder: string): () => Promise<void> {
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const onExit = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", onExit);
  // The pipe breaks when the emulator dies by itself; whoever uses it then sees a refused connection.
  child.stdin?.on("error", () => {});
  child.unref();
  return async () => {
    process.off("exit", onExit);
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Asked over HTTPS with the emulator's own certificate, so that no other server on that port can answer for it. */
async function untilHealthy(child: ChildProcess, port: number, certificate: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  while (Date.now() < deadline) {
    if (failure) throw failure;
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
    if (await isHealthy(port, certificate)) return;
    await sleep(100);
  }
  throw new Error(`no answer within ${START_LIMIT_MS / 1000} s`);
}

function isHealthy(port: number, certificate: string): Promise<boolean> {
  const ca = readIfThere(certificate);
  if (ca === "") return Promise.resolve(false);
  return new Promise((resolve) => {
    const asked = request({ host: HOST, port, path: "/_localemu/health", ca, agent: false, timeout: 30_000 }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode === 200));
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => resolve(false));
    asked.end();
  });
}

/** The port, if it is free; any free one if none is asked for. */
async function freePort(wanted?: number, attempts = 20): Promise<number> {
  if (wanted !== undefined || attempts === 1) return listened(wanted ?? randomInt(...PORTS));
  return listened(randomInt(...PORTS)).catch(() => freePort(wanted, attempts - 1));
}

/** Answers with the port when a server could listen on it. */
function listened(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, HOST, () => server.close(() => resolve(port)));
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
