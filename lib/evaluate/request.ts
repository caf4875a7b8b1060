/** A compiled request: it is split and lower-cased once, and compared with many statements. */

import { hasUnknown, lowerCase } from "../unknown";
import { ArnText } from "./match/arn";
import { accountOf, type Caller, type CallerFacts, canonicalAccount, parseCaller } from "./match/caller";
import type { Context } from "./match/conditions";
import { memoize } from "./memoize";
import { ACL_KEYS } from "./s3/acl-headers";
import type { AccessRequest, PossibleValues } from "./types";

export interface CompiledRequest {
  readonly request: AccessRequest;
  /** Lower case. */
  readonly action: string;
  readonly resource: ArnText;
  readonly caller: Caller;
  /** Whether the caller belongs to an account. Unsigned requests, services and callers of an identity provider do not. */
  readonly hasAccount: boolean;
  readonly facts: CallerFacts;
  readonly context: Context;
  /** Whether the request sets an ACL by one of its headers. */
  readonly carriesAcl: boolean;
  /** Undefined for a caller without an account, and where it is not known. */
  readonly callerAccount?: string;
  readonly resourceAccount?: string;
  /** Whether the caller is a user or role with a permissions boundary. */
  readonly hasBoundary: boolean;
}

export interface RequestFacts {
  readonly canonicalUsers?: Readonly<Record<string, string>>;
  readonly hasBoundary: boolean;
}

export function compileRequest(request: AccessRequest, facts: RequestFacts): CompiledRequest {
  const context = compileContext(request.context);
  const named = parseCaller(request.principal, request.action);
  const caller = named.kind === "canonical" ? withAccount(named, request, facts) : named;
  const owned = hasAccount(caller);
  const resource = arnText(request.resource);
  return {
    request,
    action: lowerCaseName(request.action),
    resource,
    caller,
    hasAccount: owned,
    facts: facts.canonicalUsers === undefined ? context.facts : { ...context.facts, canonicalUsers: facts.canonicalUsers },
    context: request.possibleValues === undefined ? context : new OpenContext(context, request.possibleValues),
    carriesAcl: context.carriesAcl,
    callerAccount: owned ? (accountOf(caller) ?? request.principalAccount) : undefined,
    resourceAccount: request.resourceAccount ?? accountInArn(resource),
    hasBoundary: facts.hasBoundary,
  };
}

/** A canonical user ID does not contain its account; the request or the facts may. */
function withAccount(
  caller: Extract<Caller, { kind: "canonical" }>,
  { principalAccount }: AccessRequest,
  { canonicalUsers }: RequestFacts,
): Caller {
  const account = principalAccount ?? canonicalAccount(caller.id.toLowerCase(), canonicalUsers);
  return account === undefined ? caller : { ...caller, account };
}

function hasAccount(caller: Caller): boolean {
  if (caller.kind === "anonymous" || caller.kind === "service" || caller.kind === "federated") return false;
  // An origin access identity of CloudFront has the form of a user, but no policies of its own.
  return accountOf(caller) !== "cloudfront";
}

class CompiledContext implements Context {
  public keysUnknown = false;
  public carriesAcl = false;
  public facts: CallerFacts = {};
  /** Most keys are never read, so a single value becomes a list only when it is. */
  private readonly values = new Map<string, string | readonly string[]>();

  public get(key: string): readonly string[] | undefined {
    const found = this.values.get(key);
    return typeof found === "string" ? [found] : found;
  }

  public possible(): undefined {
    return undefined;
  }

  public set(key: string, value: string | readonly string[]): void {
    this.values.set(key, value);
  }
}

/** A context that does not settle every key. Requests that differ in this share the settled part. */
class OpenContext implements Context {
  public constructor(
    private readonly settled: CompiledContext,
    public readonly possible: PossibleValues,
  ) {}

  public get keysUnknown(): boolean {
    return this.settled.keysUnknown;
  }

  public get(key: string): readonly string[] | undefined {
    return this.settled.get(key);
  }
}

/** Keys, actions and resources repeat from request to request. */
const lowerCaseName = memoize(lowerCase);
const arnText = memoize((text) => new ArnText(text));

/** Requests of one caller share one context object. */
const contexts = new WeakMap<AccessRequest["context"], CompiledContext>();

/** Keys in lower case. A key without values is absent. */
function compileContext(raw: AccessRequest["context"]): CompiledContext {
  let context = contexts.get(raw);
  if (context === undefined) {
    context = readContext(raw);
    contexts.set(raw, context);
  }
  return context;
}

function readContext(raw: AccessRequest["context"]): CompiledContext {
  const context = new CompiledContext();
  for (const key in raw) {
    const value = raw[key]!;
    // An empty string is a value. An empty list is none.
    if (typeof value !== "string" && value.length === 0) continue;
    const name = lowerCaseName(key);
    context.set(name, value);
    if (hasUnknown(key)) context.keysUnknown = true;
    if (ACL_KEYS.has(name) && (typeof value === "string" ? value !== "" : value.some((text) => text !== ""))) context.carriesAcl = true;
  }
  context.facts = {
    principalArn: context.get("aws:principalarn")?.[0],
    userId: context.get("aws:userid")?.[0],
    federatedProvider: context.get("aws:federatedprovider")?.[0],
  };
  return context;
}

function accountInArn({ text, colons }: ArnText): string | undefined {
  const account = colons.length === 5 ? text.slice(colons[3]! + 1, colons[4]) : "";
  return account === "" ? undefined : account;
}
