import type { Plugin } from "vitest/config";

/**
 * The library loads its judge by `require`, at the first synthesis. Node.js's own `require` would find the compiled file beside the
 * source, which may be yesterday's; so in tests such a call is an import like any other.
 */
export function lazyRequires(): Plugin {
  return {
    name: "lazy-requires",
    enforce: "pre",
    transform(code, id) {
      if (!/\/lib\/.*\.ts$/.test(id)) return;
      const imports: string[] = [];
      const body = code.replace(/\brequire\(("\.[^"]+")\)/g, (_, path) => {
        imports.push(`import * as required${imports.length} from ${path};`);
        return `required${imports.length - 1}`;
      });
      return imports.length === 0 ? undefined : `${imports.join("")}${body}`;
    },
  };
}
