import { hasUnknown, MAYBE, NO, type Ternary, YES } from "../../unknown";
import type { Flag } from "../policies";
import type { StatementReference } from "../types";

/** Why S3 refuses a request, apart from what policies say. */
export interface Refusal {
  readonly refused: Ternary;
  readonly reason: string;
  readonly missing: readonly string[];
  readonly deciding: readonly StatementReference[];
}

export const NO_REFUSALS: readonly Refusal[] = [];

/** Whether a setting is on. An absent setting is off. */
export function settingOf(flag: Flag | undefined): Ternary {
  if (flag === true || flag === "true") return YES;
  return typeof flag === "string" && hasUnknown(flag) ? MAYBE : NO;
}
