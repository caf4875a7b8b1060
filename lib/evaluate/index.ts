/** Judges requests by policies, as AWS documents it, offline. */
export { type Case, CaseFormatError, type CaseInput, type CaseResult, parseCase, readCases, runCase } from "./cases";
export { decide } from "./decide";
export { PolicyGrammarError } from "./errors";
export { explainDecision } from "./explain";
export type { BlockPublicAccessSettings, Flag, Policies } from "./policies";
export { type PreparedPolicy, type PrepareOptions, preparePolicy } from "./prepare";
export { isPublic, type PublicStatement, type PublicStatus } from "./public";
export type * from "./types";
export { hasUnknown, showUnknown, unknownsIn, unknownText } from "./unknown";
