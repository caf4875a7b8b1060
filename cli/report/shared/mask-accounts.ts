/** Hides account ids in a report, so that it can be shown around: the same account keeps the same name. */
export function maskAccounts<T>(report: T): T {
  const text = JSON.stringify(report);
  // First where an id stands alone or in an ARN, then those ids wherever they are: bucket names often hold one.
  const ids = new Set([...text.matchAll(/(?<![\w-])\d{12}(?![\w-])/g)].map(([id]) => id));
  const masks = new Map([...ids].map((id, index) => [id, `<account-${index + 1}>`]));
  return replaceIn(report, masks) as T;
}

function replaceIn(value: unknown, masks: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return [...masks].reduce((text, [id, mask]) => text.replaceAll(id, mask), value);
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, masks));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIn(item, masks)]));
  return value;
}
