/** What is known about the condition keys that policies use, in the vendor's own requests. */
import { type Callers, EVERY_REQUEST, type Expectation, isAssuming } from "../contract";
import { memoizeByObject } from "../evaluate";
import { hasUnknown } from "../unknown";
import { conditionsIn } from "./documents";
import type { BucketFacts, Context, Controls, KeyFacts, RoleFacts } from "./types";

interface Documents {
  readonly bucket?: BucketFacts;
  readonly role?: RoleFacts;
}

const ASSUMING: Expectation = {
  id: "",
  title: "",
  actor: "vendor",
  action: "sts:AssumeRole",
  resource: "",
  context: {},
  expected: "allowed",
  why: "",
};

/** By action: those of the expectations, and `sts:AssumeRole`. */
export function keysOf(callers: Callers, vendorCan: readonly Expectation[], { bucket, role }: Documents): Record<string, KeyFacts> {
  const ofRole = [...(role?.identityPolicies ?? []), role?.permissionsBoundary];
  const { serviceControlPolicies = [] } = role ?? bucket ?? {};
  const ofCaller = [...ofRole, ...serviceControlPolicies.flat()];
  const ofBucket = askedIn([...(bucket?.policies ?? []), ...ofCaller, ...(bucket?.resourceControlPolicies ?? [])]);
  const ofTrust = askedIn([role?.trustPolicy, ...(role?.resourceControlPolicies ?? [])]);
  const facts: Record<string, KeyFacts> = {};
  for (const expectation of [ASSUMING, ...vendorCan]) {
    const assumes = isAssuming(expectation.action);
    const [context = {}] = callers.contextsOf(expectation, assumes, callers.principalsOf("vendor", assumes)[0] ?? "");
    // The request always has the keys of its context.
    const keys = (assumes ? ofTrust : ofBucket).filter((key) => !keysIn(context).has(key));
    facts[expectation.action] = Object.fromEntries(keys.map((key) => [key, factOf(key, expectation, callers)]));
  }
  return facts;
}

/** In lower case. Requests of one caller share their context. */
const keysIn = memoizeByObject((context: Context) => new Set(Object.keys(context).map((key) => key.toLowerCase())));

export function controlDocuments({ serviceControlPolicies = [], resourceControlPolicies = [] }: Controls): readonly unknown[] {
  return [...serviceControlPolicies.flat(), ...resourceControlPolicies];
}

/** In lower case. */
export function askedIn(documents: readonly unknown[]): string[] {
  return [...new Set(documents.flatMap((document) => conditionsIn(document).map(({ key }) => key.toLowerCase())))];
}

const ALWAYS_THERE = new Set(Object.keys(EVERY_REQUEST).map((key) => key.toLowerCase()));

function factOf(key: string, expectation: Expectation, callers: Callers): KeyFacts[string] {
  const assumes = isAssuming(expectation.action);
  const values = callers.possibleValuesOf(expectation, assumes)(key);
  if (values === undefined || values.every((value) => value === undefined)) return "absent";
  if (callers.chooses(key, expectation, assumes) && values.includes(undefined) && !ALWAYS_THERE.has(key)) return "chosen";
  const texts = values.filter((value) => typeof value === "string" && !hasUnknown(value)) as string[];
  return texts.length === values.length ? texts : "open";
}
