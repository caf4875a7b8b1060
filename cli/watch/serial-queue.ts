/** One at a time: readers of one queue would hide its messages from each other. */
export class SerialQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Does the work once all earlier work of that name is done. */
  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(name) ?? Promise.resolve()).then(work);
    this.last.set(
      name,
      mine.catch(() => {}),
    );
    return mine;
  }
}
