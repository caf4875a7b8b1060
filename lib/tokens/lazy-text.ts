import { type IResolvable, Token } from "cdktf";

/**
 * A token for a text that is worked out at synthesis, as often as cdktf asks for it.
 *
 * Unlike cdktf's `Lazy` it does not record the calls that led to it, which takes longer than the text itself.
 */
export function lazyText(produce: () => string): string {
  return Token.asString(new LazyText(produce));
}

class LazyText implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(public readonly resolve: () => string) {}

  public toString(): string {
    return Token.asString(this);
  }
}
