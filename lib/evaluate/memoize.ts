/** Keeps results by the text that they follow from: policies of one plan repeat each other's actions, principals and conditions. */
const MOST = 2000;

/** The function, which computes the result for one text once. It has to depend on nothing else, and its results must not change. */
export function memoize<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      // Policies without end must not fill the memory.
      if (known.size >= MOST) known.clear();
      result = compute(text);
      known.set(text, result);
    }
    return result;
  };
}
