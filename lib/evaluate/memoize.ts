/** Functions that remember their results. The policies of one plan repeat actions, principals and conditions. */

const MOST = 2000;

/** The function, computed once for each object, as long as the object is in use. It must depend on nothing else. */
export function memoizeByObject<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { result: compute(key) };
      known.set(key, found);
    }
    return found.result;
  };
}

/** The function, computed once for each text. It must depend on nothing else, and its results must not change. */
export function memoize<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      // Any number of policies must not fill the memory.
      if (known.size >= MOST) known.clear();
      result = compute(text);
      known.set(text, result);
    }
    return result;
  };
}
