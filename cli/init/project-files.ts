/** The files of a new project. */
import { cdktfFiles } from "./cdktf-files";
import type { InitValues, InitVendor } from "./values";

/** The languages that a project can be written in. */
export const DIALECTS = ["cdktf"] as const;

export interface NewProject {
  readonly vendor: InitVendor;
  readonly dialect: (typeof DIALECTS)[number];
  readonly values: InitValues;
  /** Version of this program, and so of the constructs. */
  readonly version: string;
}

/** The files, by their paths in the folder. */
export function projectFiles({ vendor, values, version }: NewProject): Readonly<Record<string, string>> {
  return cdktfFiles({ vendor, values, version });
}
