/**
 * Constraints on the version of a module.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */

const CONDITION = /^\s*(=|!=|>=?|<=?|~>)?\s*v?(\d+(?:\.\d+){0,2})\s*$/;

/** Whether that is certain. Versions such as `1.0.0-beta` are not compared. */
export function meetsConstraint(version: string | undefined, constraint: string): boolean {
  const given = version === undefined || !/^v?\d+\.\d+\.\d+$/.test(version) ? undefined : partsOf(version);
  return given !== undefined && constraint.split(",").every((condition) => meets(given, condition));
}

function meets(given: readonly number[], condition: string): boolean {
  const [, operator = "=", written] = CONDITION.exec(condition) ?? [];
  if (written === undefined) return false;
  const order = compare(given, partsOf(written));
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default:
      return order >= 0 && compare(given, nextOf(written)) < 0;
  }
}

/** The first version that `~>` excludes: the last part that is written may grow, and no other. */
function nextOf(written: string): readonly number[] {
  const kept = partsOf(written).slice(0, Math.max(1, written.split(".").length - 1));
  return [...kept.slice(0, -1), kept.at(-1)! + 1];
}

function partsOf(version: string): readonly number[] {
  return version.replace(/^v/, "").split(".").map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differing = [0, 1, 2].find((index) => (one[index] ?? 0) !== (other[index] ?? 0));
  return differing === undefined ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
