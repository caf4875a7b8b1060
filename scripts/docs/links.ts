/** Links and anchors of Markdown as GitHub shows it, and which of them lead nowhere. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { slugOf } from "./anchors";

const REPOSITORY = "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination";

/** The text without its blocks of code. */
function prose(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** The anchors of a page: of its headings, and the ids that it writes itself. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const ofHeadings = [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const slug = slugOf(heading!.replace(/<[^>]*>/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  const written = [...text.matchAll(/<[a-z]+ [^>]*\bid="([^"]+)"/g)].map((match) => match[1]!);
  return new Set([...ofHeadings, ...written]);
}

/** The links of a page. */
export function linksIn(text: string): readonly string[] {
  const readable = prose(text).replace(/`[^`\n]+`(?!\]\()/g, "");
  const inline = [...readable.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
  return [...inline, ...[...readable.matchAll(/<a href="([^"]+)"/g)].map((match) => match[1]!)];
}

/**
 * The links of a page that lead nowhere: to a file that `root` does not hold, or to an anchor that the file does not have. An address of the
 * repository on GitHub is a path in `repository`; other addresses are not asked for.
 */
export function brokenLinks(page: string, root: string, repository = root): readonly string[] {
  const text = readFileSync(join(root, page), "utf8");
  const anchors = new Map<string, ReadonlySet<string>>();
  return linksIn(text).filter((link) => {
    const inRepository = link.startsWith(`${REPOSITORY}/`) ? /\/(?:blob|tree|raw)\/(?:main\/)?(.+)$/.exec(link)?.[1] : undefined;
    if (inRepository === undefined && /^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = (inRepository ?? link).split("#");
    const target = inRepository === undefined ? join(root, path === "" ? page : join(dirname(page), path)) : join(repository, path);
    if (!normalize(target).startsWith(inRepository === undefined ? root : repository) || !existsSync(target)) return true;
    if (anchor === undefined || !target.endsWith(".md") || statSync(target).isDirectory()) return false;
    if (!anchors.has(target)) anchors.set(target, anchorsOf(readFileSync(target, "utf8")));
    return !anchors.get(target)!.has(anchor);
  });
}
