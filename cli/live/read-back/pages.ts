import type { Failure } from "../../aws";
import { isFailure, NOT_SET } from "./account-reader";

interface Pages<Answered, Item> {
  /** Reads the page that a token names, or the first one. */
  readonly read: (token: string | undefined) => Promise<Answered | typeof NOT_SET | Failure>;
  readonly itemsOf: (page: Answered) => readonly Item[] | undefined;
  readonly nextOf: (page: Answered) => string | undefined;
  /** Pages after this many items are not read. */
  readonly most?: number;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Why a page could not be read: the list ends before it. */
  readonly failure?: Failure;
  /** There are further pages. */
  readonly isCut?: true;
}

/** The items on all pages of a list, up to one that cannot be read. */
export async function allPages<Answered extends object, Item>({
  read,
  itemsOf,
  nextOf,
  most,
}: Pages<Answered, Item>): Promise<Listed<Item>> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const answer = await read(token);
    if (isFailure(answer)) return { items, failure: answer };
    if (answer === NOT_SET) return { items };
    const page = answer as Answered;
    items.push(...(itemsOf(page) ?? []));
    token = nextOf(page) || undefined;
    if (token !== undefined && items.length >= (most ?? Number.POSITIVE_INFINITY)) return { items, isCut: true };
  } while (token !== undefined);
  return { items };
}
