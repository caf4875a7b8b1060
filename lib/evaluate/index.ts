/** Judges requests by policies, as AWS documents it, offline. */

export { hasUnknown, showUnknown, unknownsIn, unknownText } from "../unknown/placeholder";
export { type Case, CaseFormatError, type CaseInput, type CaseResult, parseCase, readCase, readCases, runCase } from "./cases/cases";
export { decide } from "./decide";
export { compilePolicy } from "./document/compile";
export type { CompiledPolicy, CompiledStatement, CompileOptions, PrincipalElement } from "./document/compiled";
export { PolicyGrammarError } from "./document/errors";
export { ACCOUNT_ID, splitArn } from "./document/principal-entries";
export { describeStatement, explainDecision } from "./explain/explain";
export type { Condition } from "./match/conditions";
export { OWN_ACCOUNT, STRANGER_ACCOUNTS, STRANGER_NAME } from "./match/strangers";
export { parseDate, parseNumber } from "./match/values";
export { memoize } from "./memoize";
export type { BlockPublicAccessSettings, Flag, Policies } from "./policies";
export { isPublic, type PublicStatement, type PublicStatus } from "./s3/block-public-access";
export type * from "./types";
