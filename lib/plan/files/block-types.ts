/** The block types of Terraform's language, and the files that hold them. */

/** A parsed file of a configuration. */
export interface ConfigurationFile {
  readonly path: string;
  readonly content: unknown;
}

/** How many labels the blocks of a type have. */
export const LABELS = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  action: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  check: 1,
  locals: 0,
  import: 0,
  removed: 0,
} as const;
export type BlockType = keyof typeof LABELS;

/** Names of the members that a configuration may have at its top level. */
export const TOP_LEVEL: ReadonlySet<string> = new Set([...Object.keys(LABELS), "terraform", "moved", "//"]);
