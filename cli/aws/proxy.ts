/**
 * Proxies from the environment, as in other AWS tools: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in upper or lower case. The SDK for
 * JavaScript does not read them.
 */
import { type ClientRequest, Agent as HttpAgent, request } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxyAgents {
  readonly httpAgent?: HttpAgent;
  readonly httpsAgent?: HttpsAgent;
}

/** Agents for the proxies of the environment; absent if the environment names none. */
export function proxyAgents(env: Environment): ProxyAgents {
  const setting = (name: string) => env[name] ?? env[name.toUpperCase()];
  const bypass = noProxy(setting("no_proxy") ?? "");
  const https = proxyUrl(setting("https_proxy"));
  const http = proxyUrl(setting("http_proxy"));
  return {
    ...(https ? { httpsAgent: tunnelAgent(https, bypass) } : {}),
    ...(http ? { httpAgent: forwardAgent(http, bypass) } : {}),
  };
}

function proxyUrl(text: string | undefined): URL | undefined {
  if (!text) return undefined;
  try {
    return new URL(text.includes("://") ? text : `http://${text}`);
  } catch {
    return undefined;
  }
}

/** Whether a host is reached without a proxy. The list has host names, which include their subdomains, or `*`. */
export function noProxy(list: string): (host: string) => boolean {
  const names = list
    .split(",")
    .map((name) =>
      name
        .trim()
        .toLowerCase()
        .replace(/^\*?\./, "")
        .replace(/:\d+$/, ""),
    )
    .filter((name) => name !== "");
  return (host) => names.some((name) => name === "*" || host.toLowerCase() === name || host.toLowerCase().endsWith(`.${name}`));
}

/** The callback of `createConnection`. Its type in Node.js requires a socket even with an error. */
type Connected = (error: Error | null, socket?: Duplex) => void;

/** HTTPS through `CONNECT`: the proxy sees only the host name. */
function tunnelAgent(proxy: URL, bypass: (host: string) => boolean): HttpsAgent {
  const agent = new HttpsAgent({ keepAlive: true, maxSockets: 50 });
  const direct = agent.createConnection.bind(agent);
  agent.createConnection = (options, connected) => {
    const { host: name, port, servername } = options as { host?: string | null; port?: number | string | null; servername?: string };
    const host = String(name);
    if (bypass(host)) return direct(options, connected);
    const target = `${host}:${port}`;
    const fail = (reason: string) => (connected as Connected | undefined)?.(proxyError(`the proxy ${proxy.host} ${reason}`));
    const asked = connectRequest(proxy, target);
    asked.once("connect", (response, socket) => {
      if (response.statusCode === 200) connected?.(null, connectTls({ ...(options as object), socket, servername: servername ?? host }));
      else {
        socket.destroy();
        fail(`answered ${response.statusCode} to CONNECT ${target}`);
      }
    });
    asked.once("error", (error) => fail(`cannot be reached: ${error.message}`));
    asked.end();
    return undefined;
  };
  return agent;
}

function connectRequest(proxy: URL, target: string): ClientRequest {
  return request({
    host: proxy.hostname,
    port: proxy.port || 80,
    method: "CONNECT",
    path: target,
    headers: { host: target, ...credentials(proxy) },
  });
}

/** A method of Node.js's agents that its type declarations lack. */
interface AddsRequests {
  addRequest(asked: ClientRequest, options: { host?: string | null; port?: number | string }): void;
}

/** Plain HTTP: the proxy gets the whole URL in the request line. */
function forwardAgent(proxy: URL, bypass: (host: string) => boolean): HttpAgent {
  const agent = new HttpAgent({ keepAlive: false, maxSockets: 50 });
  const internal = agent as unknown as AddsRequests;
  const direct = internal.addRequest.bind(agent);
  internal.addRequest = (asked, options) => {
    if (bypass(String(options.host))) {
      direct(asked, options);
      return;
    }
    asked.path = `http://${asked.getHeader("host") ?? options.host}${asked.path}`;
    for (const [name, value] of Object.entries(credentials(proxy))) asked.setHeader(name, value);
    direct(asked, { ...options, host: proxy.hostname, port: proxy.port || 80 });
  };
  return agent;
}

function credentials(proxy: URL): Record<string, string> {
  if (proxy.username === "") return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function proxyError(message: string): Error {
  return Object.assign(new Error(message), { name: "ProxyError" });
}
