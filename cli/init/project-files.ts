/** The files of a new project. */
import { cdktfFiles } from "./cdktf-files";
import { type HclProject, hclFiles } from "./hcl-files";

/** The languages that a project can be written in. */
export const DIALECTS = ["cdktf", "hcl"] as const;

export interface NewProject extends Omit<HclProject, "program"> {
  readonly dialect: (typeof DIALECTS)[number];
  /** Reads the text of this program. */
  readonly program: () => string;
}

/** The files, by their paths in the folder. */
export function projectFiles({ dialect, program, ...project }: NewProject): Readonly<Record<string, string>> {
  return dialect === "hcl" ? hclFiles({ ...project, program: program() }) : cdktfFiles(project);
}
