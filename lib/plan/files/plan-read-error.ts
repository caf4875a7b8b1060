import { showUnknown } from "../../unknown";

/** The input cannot be read. The message says why, which file, and what to do. */
export class PlanReadError extends Error {
  public override readonly name = "PlanReadError";

  public constructor(
    /** Path of the file, as it was given. */
    public readonly file: string,
    /** Lower case, no full stop: `is not JSON: unexpected "}" at line 3`. */
    public readonly reason: string,
    public readonly remedy: string,
  ) {
    super(`UnreadableInput: the file ${showUnknown(reason)}; ${remedy} (at ${file})`);
  }
}
