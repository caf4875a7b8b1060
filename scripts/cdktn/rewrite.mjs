// What a text of `cdktf-vendor-destination` says in `cdktn-vendor-destination`: other packages, the same constructs.

const RULES = [
  [/\[CDK for Terraform\]\(https:[^)]*\)/g, "[CDK Terrain](https://cdktn.io)"],
  [/\bCDK for Terraform\b/g, "CDK Terrain"],
  [/\bCDKTF\b/g, "CDKTN"],
  [/@cdktf\/provider-aws\b/g, "@cdktn/provider-aws"],
  // The repository has one name, and what is part of an address or a path is no package.
  [/(?<![\w./-])cdktf-vendor-destination\b(?!\/cdktf-)/g, "cdktn-vendor-destination"],
  [/(?<=node_modules\/)cdktf-vendor-destination\b/g, "cdktn-vendor-destination"],
  [/\bcdktf-cli\b/g, "cdktn-cli"],
  // CDK Terrain still writes into `cdktf.out`.
  [/(?<![\w./@-])cdktf(?![\w@/-]|\.out\b)/g, "cdktn"],
];

/** A source, or a page of the documentation. */
export function rewriteText(text) {
  return RULES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** A page with one of its sections replaced; `section` starts with the heading. */
export function replaceSection(page, section) {
  const heading = section.split("\n", 1)[0];
  const start = page.indexOf(`\n${heading}\n`);
  const end = page.indexOf("\n## ", start + 1);
  if (start < 0 || end < 0) throw new Error(`the page has no section ${JSON.stringify(heading)}, or no other section after it`);
  return `${page.slice(0, start + 1)}${section.trimEnd()}\n${page.slice(end)}`;
}

/** The README, whose command of `init` writes a project for CDK Terrain. */
export function withInitForCdktn(page) {
  const command = "`npx vendor-destination init kandji` (or `6sense`; `--dialect cdktn`, `hcl` or `python`)";
  if (!page.includes(command)) throw new Error(`the page must have the command ${JSON.stringify(command)}`);
  return page.replace(command, "`npx vendor-destination init kandji --dialect cdktn` (or `6sense`)");
}
