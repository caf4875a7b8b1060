import { decide } from "../decide";
import type { CaseInput, CaseResult } from "./case";
import { parseCase } from "./parse-case";

/** Parses and decides one case. Never throws. */
export function runCase(input: unknown): CaseResult {
  try {
    const { id, request, policies, expected } = parseCase(input);
    const decision = decide(request, policies);
    const result = { id, verdict: decision.verdict, ...(expected === undefined ? {} : { expected }), deciding: decision.deciding };
    return Object.defineProperty(result, "decision", { value: decision }) as CaseResult;
  } catch (error) {
    const { id, expected } = (input ?? {}) as Partial<CaseInput>;
    return {
      id: typeof id === "string" ? id : (JSON.stringify(id) ?? "undefined"),
      verdict: "error",
      ...(expected === undefined ? {} : { expected }),
      deciding: [],
      error: error instanceof Error ? error.message : String(error),
    };
  }
}
