import { type IResolvable, Token } from "cdktf";

/**
 * A token for a text that is produced at synthesis, each time cdktf resolves it. Where there is no text, the member is left out.
 *
 * Unlike cdktf's `Lazy` it does not record a stack trace, which takes longer than the text itself.
 */
export function lazyText(produce: () => string | undefined): string {
  return Token.asString(new LazyText(produce));
}

class LazyText implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(public readonly resolve: () => string | undefined) {}

  public toString(): string {
    return Token.asString(this);
  }
}
