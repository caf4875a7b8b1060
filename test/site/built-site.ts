/** The site as it was built: its pages, their links, and a server for a browser. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** The pages, by their paths on the site. */
export function pagesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html"));
  return new Map(files.sort().map((path) => [`/${path}`, readFileSync(join(folder, path), "utf8")]));
}

/** The file that the site answers an address with; undefined where it has none. */
export function fileAt(folder: string, address: string): string | undefined {
  const path = join(folder, decodeURIComponent(address));
  return [path, `${path}.html`, join(path, "index.html")].find((file) => existsSync(file) && statSync(file).isFile());
}

/** What the pages refer to and the site does not have: files, anchors, and hosts that a page would load something from. */
export function brokenReferences(folder: string): readonly string[] {
  const pages = pagesOf(folder);
  const idsOf = new Map(
    [...pages].map(([path, html]) => [join(folder, path), new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!))]),
  );
  return [...pages].flatMap(([path, html]) => {
    const references = [...html.matchAll(/<(\w+)[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, tag, address]) => ({ tag, address: address! }));
    const broken = references.filter(({ tag, address }) => {
      const url = new URL(address.replaceAll("&amp;", "&"), `http://site${path}`);
      if (url.host !== "site") return tag !== "a";
      const file = fileAt(folder, url.pathname);
      if (file === undefined) return true;
      const anchor = decodeURIComponent(url.hash.slice(1));
      return anchor !== "" && idsOf.has(file) && !idsOf.get(file)!.has(anchor);
    });
    return [...new Set(broken.map(({ address }) => `${path} > ${address}`))];
  });
}

/** Serves the site on this machine. */
export async function serve(folder: string): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((request, response) => {
    const file = fileAt(folder, new URL(request.url!, "http://site").pathname);
    response.writeHead(file === undefined ? 404 : 200, { "Content-Type": TYPES[extname(file ?? "")] ?? "application/octet-stream" });
    response.end(file === undefined ? "" : readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
