import type { CompiledPolicy, CompiledStatement } from "../evaluate";

/** Whether a statement of the policies has an element that is not known. */
export function hasUnknownParts(policies: readonly CompiledPolicy[]): boolean {
  return policies.some(({ statements }) => statements.some(({ unknowns }) => unknowns.length > 0));
}

/** Whether the Deny depends on `aws:SecureTransport`. */
export function isDenyOnTransport({ reference, conditions }: CompiledStatement): boolean {
  return reference.effect === "Deny" && conditions.some(({ key }) => key === "aws:securetransport");
}
