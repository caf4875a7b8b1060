/** Runs work of the same name one at a time: concurrent readers of one SQS queue would hide its messages from each other. */
export class SerialQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work once all earlier work of that name is done. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const result = (this.last.get(name) ?? Promise.resolve()).then(work);
    this.last.set(
      name,
      result.catch(() => {}),
    );
    return result;
  }
}
