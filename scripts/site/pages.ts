/** The pages of the site: the repository's own Markdown, with the addresses that it has there. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(__dirname, "..", "..");
const REPOSITORY = "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination";
const OF_THE_ROOT = ["API.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
const LINK = /(?<=\]\()(?!#)[^)\s]+(?=\))/g;
/** Blocks and pieces of code, in which nothing is a link. */
const CODE = /(^```[\s\S]*?^```|`[^`\n]+`(?!\]\())/m;

/** Each page's path in the repository, with its path on the site. */
export function sitePages(): ReadonlyMap<string, string> {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
  const modules = readdirSync(join(ROOT, "modules")).filter((name) => existsSync(join(ROOT, "modules", name, "README.md")));
  return new Map([
    ["site/index.md", "index.md"],
    ...OF_THE_ROOT.map((path): [string, string] => [path, path.toLowerCase()]),
    ...docs.map((path): [string, string] => [join("docs", path), path.replace(/README\.md$/, "index.md")]),
    ...modules.map((name): [string, string] => [`modules/${name}/README.md`, `modules/${name}.md`]),
  ]);
}

/** The text of each page, by its path on the site. */
export function renderedPages(): ReadonlyMap<string, string> {
  const pages = sitePages();
  return new Map([...pages].map(([source, path]) => [path, withSiteLinks(readFileSync(join(ROOT, source), "utf8"), source, pages)]));
}

/** The text with links that work on the site: to its pages, else to the repository. */
function withSiteLinks(text: string, source: string, pages: ReadonlyMap<string, string>): string {
  const relink = (piece: string) => piece.replace(LINK, (link) => siteLink(link, source, pages));
  return text
    .split(CODE)
    .map((piece, index) => (index % 2 === 1 ? piece : relink(piece)))
    .join("");
}

function siteLink(link: string, source: string, pages: ReadonlyMap<string, string>): string {
  const own = link.startsWith(`${REPOSITORY}/`) ? /\/(?:blob|tree)\/main\/(.+)$/.exec(link)?.[1] : undefined;
  if (own === undefined && /^[a-z]+:|^\//.test(link)) return link;
  const [target = "", anchor] = (own ?? join(dirname(source), link)).replace(/\/(#|$)/, "$1").split("#");
  const page = pages.get(pages.has(target) ? target : target === "README.md" ? "site/index.md" : `${target}/README.md`);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (page !== undefined && !(target === "README.md" && hash !== "")) return `/${page}${hash}`;
  if (own === undefined && !existsSync(join(ROOT, target))) throw new Error(`${source} links to ${link}, which does not exist`);
  const kind = existsSync(join(ROOT, target)) && statSync(join(ROOT, target)).isDirectory() ? "tree" : "blob";
  return `${REPOSITORY}/${kind}/main/${relative(".", target)}${hash}`;
}
