import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { request as httpsRequest } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { noProxy, proxyAgents } from "../../../cli/aws/proxy";

let proxy: Server;
let seen: string[];
let headers: IncomingMessage["headers"];
beforeEach(async () => {
  seen = [];
  proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    headers = request.headers;
    response.end("by proxy");
  });
  proxy.on("connect", (request: IncomingMessage, socket: Socket) => {
    seen.push(`CONNECT ${request.url}`);
    headers = request.headers;
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => proxy.close(resolve)));

const at = () => `http://me:secret@127.0.0.1:${(proxy.address() as AddressInfo).port}`;

function answer(make: typeof httpRequest, options: object): Promise<string> {
  return new Promise((resolve) => {
    const asked = make(options, (response) => response.resume().once("end", () => resolve(String(response.statusCode))));
    asked.once("error", (error) => resolve(`${error.name}: ${error.message}`));
    asked.end();
  });
}

test("asks an HTTPS proxy for a tunnel, and says so when it refuses", async () => {
  const { httpsAgent } = proxyAgents({ HTTPS_PROXY: at() });

  const said = await answer(httpsRequest as typeof httpRequest, { host: "s3.example", port: 443, agent: httpsAgent });

  expect(seen).toEqual(["CONNECT s3.example:443"]);
  expect(headers["proxy-authorization"]).toBe(`Basic ${Buffer.from("me:secret").toString("base64")}`);
  expect(said).toMatch(/^ProxyError: the proxy 127\.0\.0\.1:\d+ answered 403 to CONNECT s3\.example:443$/);
});

test("gives an HTTP proxy the whole URL", async () => {
  const { httpAgent } = proxyAgents({ http_proxy: at() });

  const said = await answer(httpRequest, { host: "s3.example", port: 80, path: "/key", agent: httpAgent });

  expect(said).toBe("200");
  expect(seen).toEqual(["GET http://s3.example/key"]);
});

test("goes directly to hosts of NO_PROXY", async () => {
  const direct = createTcpServer((socket) => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  await new Promise<void>((resolve) => direct.listen(0, "127.0.0.1", resolve));
  const { httpAgent } = proxyAgents({ http_proxy: at(), no_proxy: "127.0.0.1" });

  const said = await answer(httpRequest, { host: "127.0.0.1", port: (direct.address() as AddressInfo).port, agent: httpAgent });
  direct.close();

  expect(said).toBe("204");
  expect(seen).toEqual([]);
});

test("without settings uses no proxy", () => {
  expect(proxyAgents({})).toEqual({});
});

test.each([
  ["example.com", "s3.example.com", true],
  [".example.com", "example.com", true],
  ["*.example.com:443, other", "s3.example.com", true],
  ["*", "anything", true],
  ["ample.com", "example.com", false],
  ["", "example.com", false],
])("NO_PROXY %s covers %s: %s", (list, host, covered) => {
  expect(noProxy(list)(host)).toBe(covered);
});
