/** JSON pointers. @see https://www.rfc-editor.org/rfc/rfc6901 */

/** Appends steps to a pointer. */
export function pointerTo(parent: string, ...steps: readonly (string | number)[]): string {
  let pointer = parent;
  for (const step of steps) pointer += `/${typeof step === "string" ? escapeStep(step) : step}`;
  return pointer;
}

/** Appends one member name to a pointer. */
export function pointerToMember(parent: string, name: string): string {
  return `${parent}/${escapeStep(name)}`;
}

function escapeStep(step: string): string {
  return step.includes("/") || step.includes("~") ? step.replaceAll("~", "~0").replaceAll("/", "~1") : step;
}
