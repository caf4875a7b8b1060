/** Judges requests by policies, as AWS documents it, offline. */
export { type Case, CaseFormatError, type CaseInput, type CaseResult, parseCase, readCase, readCases, runCase } from "./cases";
export { decide } from "./decide";
export { PolicyGrammarError } from "./errors";
export { describeStatement, explainDecision } from "./explain";
export type { BlockPublicAccessSettings, Flag, Policies } from "./policies";
export { preparePolicy } from "./prepare";
export type { PreparedPolicy, PreparedStatement, PrepareOptions } from "./prepared";
export { isPublic, type PublicStatement, type PublicStatus } from "./public";
export type * from "./types";
export { hasUnknown, showUnknown, unknownsIn, unknownText } from "./unknown";
