import { showUnknown } from "../../unknown";

/** A file cannot be read. The message gives the reason, the remedy and the file. */
export class PlanReadError extends Error {
  public override readonly name = "PlanReadError";

  public constructor(
    /** Path of the file, as the user gave it. */
    public readonly file: string,
    /** Lower case, no full stop: `is not JSON: unexpected "}" at line 3`. */
    public readonly reason: string,
    public readonly remedy: string,
  ) {
    super(`UnreadableInput: the file ${showUnknown(reason)}; ${remedy} (at ${file})`);
  }
}
