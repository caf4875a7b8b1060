export { code, details, link, markdownDocument, notShown, plain, table } from "./github-markdown";
export { matrixTable } from "./matrix-table";
export { type AccessPath, accessPath } from "./mermaid";
