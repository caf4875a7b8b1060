/** The files of a new project. */
import { cdktfFiles, cdktnFiles } from "./cdktf-files";
import { type HclProject, hclFiles } from "./hcl-files";
import { pythonFiles } from "./python-files";

/** The languages that a project can be written in. */
export const DIALECTS = ["cdktf", "cdktn", "hcl", "python"] as const;

export interface NewProject extends Omit<HclProject, "program"> {
  readonly dialect: (typeof DIALECTS)[number];
  /** Reads the text of this program. */
  readonly program: () => string;
}

/** The files, by their paths in the folder. */
export function projectFiles({ dialect, program, ...project }: NewProject): Readonly<Record<string, string>> {
  switch (dialect) {
    case "cdktf":
      return cdktfFiles(project);
    case "cdktn":
      return cdktnFiles(project);
    case "hcl":
      return hclFiles({ ...project, program: program() });
    case "python":
      return pythonFiles(project);
  }
}
