/** What the site shows beside its pages: the menu, in order. A page that no group names is listed at the end of the last one. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sitePages } from "./pages";

const ROOT = join(__dirname, "..", "..");

interface Item {
  readonly text: string;
  readonly link: string;
}

interface Group {
  readonly text: string;
  readonly collapsed?: boolean;
  readonly items: readonly Item[];
}

const GROUPS: readonly { readonly text: string; readonly collapsed?: boolean; readonly pages: readonly string[] }[] = [
  { text: "Start", pages: ["quick-start.md", "concepts.md", "by-hand.md"] },
  { text: "Vendors", pages: ["vendors/kandji.md", "vendors/6sense.md", "vendors/known.md", "vendors/other.md"] },
  { text: "Commands", pages: ["check.md", "validate.md", "watch.md"] },
  {
    text: "How to",
    pages: [
      "how-to/existing-bucket.md",
      "how-to/several-vendors.md",
      "how-to/kms.md",
      "how-to/organization-policies.md",
      "testing.md",
      "cdktn.md",
      "languages.md",
      "how-to/remove.md",
    ],
  },
  { text: "Security", pages: ["security-model.md", "proof.md", "security.md"] },
  { text: "Reference", pages: ["api.md", "errors.md", "rules/index.md", "changelog.md"] },
];

/** What the menu calls a page whose title is long. */
const SHORT: Readonly<Record<string, string>> = {
  "check.md": "check, explain, access",
  "validate.md": "validate",
  "watch.md": "watch",
  "vendors/kandji.md": "Kandji (Iru)",
  "vendors/6sense.md": "6sense",
};

/** The groups of the menu. */
export function sidebar(): readonly Group[] {
  const titles = new Map([...sitePages()].map(([source, path]) => [path, titleOf(source)]));
  const item = (path: string): Item => ({ text: SHORT[path] ?? titles.get(path)!, link: `/${path.replace(/(index)?\.md$/, "")}` });
  const named = new Set(GROUPS.flatMap(({ pages }) => pages));
  const rules = [...titles.keys()].filter((path) => path.startsWith("rules/") && path !== "rules/index.md");
  const modules = [...titles.keys()].filter((path) => path.startsWith("modules/"));
  const others = [...titles.keys()].filter((path) => ![...named, ...rules, ...modules, "index.md"].includes(path));
  return [
    ...GROUPS.map(({ pages, ...group }) => ({ ...group, items: pages.filter((path) => titles.has(path)).map(item) })),
    { text: "Terraform modules", items: modules.sort().map(item) },
    { text: "Rules", collapsed: true, items: rules.sort().map(item) },
    { text: "Contribute", collapsed: true, items: others.sort().map(item) },
  ];
}

function titleOf(source: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(ROOT, source), "utf8"))?.[1];
  const plain = heading
    ?.replace(/<[^>]*>/g, "")
    .replaceAll("`", "")
    .trim();
  return plain ?? basename(source, ".md");
}
