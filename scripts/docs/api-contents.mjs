// The table of contents of API.md, which jsii-docgen does not write.

/** The page with a table of contents below its title. */
export function withContents(page) {
  const sections = page.split(/^(?=## )/m);
  const lines = sections.slice(1).map((section) => {
    const names = [...section.matchAll(/^### (.+?) <a name="[^"]*" id="([^"]*)"><\/a>$/gm)];
    const [, title, id] = /^## (.+?) <a name="[^"]*" id="([^"]*)"><\/a>$/m.exec(section);
    return `- [${title}](#${id}): ${names.map(([, name, anchor]) => `[${name}](#${anchor})`).join(", ")}`;
  });
  return `${sections[0].trimEnd()}\n\n${lines.join("\n")}\n\n${sections.slice(1).join("")}`;
}
