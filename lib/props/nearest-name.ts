/** The name that a misspelt one probably stands for; undefined if none is similar. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const word = plain(name);
  const near = known
    .map((candidate) => ({ candidate, distance: distanceOf(word, plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.min(2, word.length / 3) || isPart(word, plain(candidate)));
  return near.sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Without separators of words, so that `bucket_name` equals `bucketName`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** `kmsKey` of `kmsKeyArn`. */
function isPart(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a));
}

/** The number of letters to insert, remove, replace, or swap with the next one. */
function distanceOf(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced, isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity);
    }
  }
  return rows[a.length]![b.length]!;
}
