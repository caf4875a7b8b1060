/** Answers that are kept, up to a number: estates repeat themselves. */
export class Remembered<T> {
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
