/** Programs that `npm test` uses where they are found, and does not install: checkov, tflint, OpenTofu. */
import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";

/** Names a folder that is searched before the PATH. */
const FOLDER_VARIABLE = "VENDOR_DESTINATION_TOOLS";

/** The PATH on which they are looked for. */
export const TOOLS_PATH = [process.env[FOLDER_VARIABLE] ?? "", process.env.PATH].join(delimiter);

/** Why a tool cannot be run here, in one line; undefined if it can. */
export function toolUnavailable(command: string): string | undefined {
  const { status } = spawnSync(command, ["--version"], { env: { ...process.env, PATH: TOOLS_PATH } });
  return status === 0 ? undefined : `${command} was not found: install it, and set ${FOLDER_VARIABLE} to its folder`;
}
