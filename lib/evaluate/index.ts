/** Judges requests by policies, as AWS documents it, offline. */

export { hasUnknown, showUnknown, unknownsIn, unknownText } from "../unknown";
export { type Case, CaseFormatError, type CaseInput, type CaseResult, parseCase, readCase, readCases, runCase } from "./cases";
export { decide } from "./decide";
export { compilePolicy } from "./document/compile";
export type { CompiledPolicy, CompiledStatement, CompileOptions, PrincipalElement } from "./document/compiled-policy";
export { PolicyGrammarError } from "./document/errors";
export { describeStatement, explainDecision } from "./explain/explain";
export type { Condition } from "./match/conditions";
export { matchPattern, same } from "./match/glob";
export { OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME, OWN_ACCOUNT } from "./match/outside-accounts";
export { ACCOUNT_ID, splitArn } from "./match/principal-entries";
export { parseDate, parseNumber } from "./match/values";
export { mayNameAction } from "./match-statement";
export { memoize, memoizeByObject } from "./memoize";
export type { BlockPublicAccessSettings, Flag, Policies } from "./policies";
export { acceptsCannedAcl } from "./s3/acl";
export { isPublic, type PublicStatement, type PublicStatus } from "./s3/public-policy";
export type * from "./types";
