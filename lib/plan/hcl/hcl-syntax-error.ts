import { positionsAt } from "./position";

/** The text is not HCL that Terraform accepts. */
export class HclSyntaxError extends Error {
  public override readonly name = "HclSyntaxError";

  public constructor(
    /** Lower case, no full stop: `expected "=" or "{" after "bucket"`. */
    public readonly reason: string,
    /** From 1. */
    public readonly line: number,
    /** From 1, in UTF-16 code units. */
    public readonly column: number,
  ) {
    super(`${reason} at line ${line}, column ${column}`);
  }
}

/** The error for what is wrong at an offset of the text. */
export function syntaxErrorAt(text: string, offset: number, reason: string): HclSyntaxError {
  const [position] = positionsAt(text, [offset]);
  return new HclSyntaxError(reason, position!.line, position!.column);
}
