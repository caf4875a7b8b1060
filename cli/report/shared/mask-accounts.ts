/** Where a text names a bucket, in JSON. */
const BUCKET_NAMES = [/"bucket":\{?(?:"name":)?"([^"]+)"/g, /arn:[\w-]+:s3:::([\w.-]+)/g, /s3:\/\/([\w.-]+)/g];

/** Hides account IDs in a report, so that it can be shown to others. The same account keeps the same name. */
export function maskAccounts<T>(report: T): T {
  const text = JSON.stringify(report);
  // Account IDs that stand alone, in an ARN or in the name of a bucket. A UUID may contain twelve digits too.
  const buckets = BUCKET_NAMES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = ""]) => name));
  const found = [...text.matchAll(/(?<![\w-])\d{12}(?![\w-])/g), ...buckets.flatMap((name) => [...name.matchAll(/(?<!\d)\d{12}(?!\d)/g)])];
  const ids = new Set(found.map(([id]) => id));
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
