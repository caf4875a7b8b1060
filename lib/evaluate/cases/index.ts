export type { Case, CaseInput, CaseResult } from "./case";
export { CaseFormatError } from "./case-error";
export { parseCase } from "./parse-case";
export { readCase, readCases } from "./read-cases";
export { runCase } from "./run-case";
