/** A cache with a limited number of entries. Estates repeat the same policies, so that few entries suffice. */
export class LimitedCache<T> {
  private readonly answers = new Map<string, T>();

  public constructor(private readonly most: number) {}

  public get(key: string, make: () => T): T {
    let found = this.answers.get(key);
    if (found === undefined) {
      found = make();
      if (this.answers.size >= this.most) this.answers.clear();
      this.answers.set(key, found);
    }
    return found;
  }
}
