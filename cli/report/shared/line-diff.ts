/** The difference between two texts, line by line. */

export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** The longest common subsequence stays, as `diff` has it. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    if (left < before.length && right < after.length && before[left] === after[right]) {
      lines.push({ sign: " ", text: before[left]! });
      left++;
      right++;
    } else if (left < before.length && (right === after.length || common[left + 1]![right]! >= common[left]![right + 1]!)) {
      lines.push({ sign: "-", text: before[left++]! });
    } else lines.push({ sign: "+", text: after[right++]! });
  }
  return lines;
}

/** Length of the longest common subsequence of the two ends that begin at each pair of lines. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = after.length - 1; right >= 0; right--) {
      lengths[left]![right] =
        before[left] === after[right]
          ? lengths[left + 1]![right + 1]! + 1
          : Math.max(lengths[left + 1]![right]!, lengths[left]![right + 1]!);
    }
  }
  return lengths;
}
