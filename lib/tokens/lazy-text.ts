import { type IResolvable, Token } from "cdktf";

/**
 * A token for a text that is produced at synthesis, each time cdktf resolves it. Where there is no text, the member is left out.
 *
 * Unlike cdktf's `Lazy` it does not record a stack trace, which takes longer than the text itself.
 */
export function lazyText(produce: () => string | undefined): string {
  return Token.asString(new LazyText(produce));
}

/**
 * A token for a list that is produced at synthesis. Where it is empty, the member that holds it is left out.
 *
 * JSON leaves the member out, too, because the list is not complete before synthesis.
 */
export function lazyList<Item>(produce: () => readonly Item[]): readonly Item[] {
  const list: IResolvable & { toJSON(): undefined } = {
    creationStack: [],
    resolve: () => {
      const items = produce();
      return items.length === 0 ? undefined : items;
    },
    toString: () => Token.asString(list),
    toJSON: () => undefined,
  };
  return list as unknown as readonly Item[];
}

class LazyText implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(public readonly resolve: () => string | undefined) {}

  public toString(): string {
    return Token.asString(this);
  }
}
