/**
 * The entries of `Principal` and `NotPrincipal` elements.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */

import { hasUnknown, lowerCase, maskUnknown, stripUnknown } from "../../unknown";
import { memoize } from "../memoize";

/** One entry of a `Principal` or `NotPrincipal` element. */
export type PrincipalEntry =
  | { readonly kind: "any" | "anyService" | "anyFederated" }
  | { readonly kind: "account"; readonly text: string; readonly partition?: string; readonly account: string }
  | {
      readonly kind: "role" | "user" | "federatedUser";
      readonly text: string;
      readonly partition: string;
      readonly account: string;
      /** With its path. */
      readonly name: string;
      /** Without its path. */
      readonly last: string;
    }
  | {
      readonly kind: "session";
      readonly text: string;
      readonly partition: string;
      readonly account: string;
      readonly role: string;
      readonly session: string;
    }
  | { readonly kind: "uniqueId" | "service" | "federated" | "canonical" | "unknown"; readonly text: string };

export const ACCOUNT_ID = /^\d{12}$/;

/** Reads one entry. @returns the rule that the text breaks, where it is not an entry */
export function parsePrincipalEntry(type: string, text: string): PrincipalEntry | string {
  if (text === "") return "must not be empty";
  if (isPattern(text) && text !== "*") return hasUnknown(text) ? { kind: "unknown", text } : "must be a lone * or hold no wildcard";
  switch (type) {
    case "Service":
      return text === "*" ? { kind: "anyService" } : { kind: "service", text };
    case "Federated":
      return text === "*" ? { kind: "anyFederated" } : { kind: "federated", text };
    case "CanonicalUser":
      return text === "*" ? "must be a canonical user ID" : { kind: "canonical", text: lowerCase(text) };
    default:
      return parseAwsEntry(text);
  }
}

const parseAwsEntry = memoize((text): PrincipalEntry | string => {
  if (text === "*") return { kind: "any" };
  if (ACCOUNT_ID.test(text)) return { kind: "account", text, account: text };
  if (/^A(ROA|IDA)[A-Z0-9]{8,}$/.test(text)) return { kind: "uniqueId", text };
  const arn = splitArn(text);
  if (arn !== undefined) return parseAwsArn(text, arn);
  return hasUnknown(text) ? { kind: "unknown", text } : "must be *, an account ID, an ARN or a unique ID (AROA…, AIDA…)";
});

function parseAwsArn(text: string, { partition, service, region, account, type, rest }: ArnParts): PrincipalEntry | string {
  if (region === "" && rest.every((part) => part !== "") && (hasUnknown(account) || /^(\d{12}|cloudfront)$/.test(account))) {
    const name = rest.join("/");
    if (service === "iam" && type === "root" && rest.length === 0) return { kind: "account", text, partition, account };
    if (service === "iam" && (type === "role" || type === "user") && name !== "") {
      return { kind: type, text, partition, account, name, last: rest.at(-1)! };
    }
    if (service === "sts" && type === "assumed-role" && rest.length >= 2) {
      return { kind: "session", text, partition, account, role: rest[0]!, session: rest.slice(1).join("/") };
    }
    if (service === "sts" && type === "federated-user" && name !== "") {
      return { kind: "federatedUser", text, partition, account, name, last: name };
    }
  }
  if (hasUnknown(text)) return { kind: "unknown", text };
  return "must be the ARN of an account's root, a role, a user, a role session or a federated user, none of which has a region";
}

export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** The resource up to its first slash. */
  readonly type: string;
  /** What follows, split at its slashes. */
  readonly rest: readonly string[];
}

/** Colons before the resource of an ARN. */
const COLONS = 5;

/** @returns undefined where the text is no ARN, or where placeholders hide its parts */
export function splitArn(text: string): ArnParts | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const mask = maskUnknown(text);
  const parts: string[] = [];
  let start = 0;
  for (let count = 0; count < COLONS; count++) {
    const colon = mask.indexOf(":", start);
    if (colon === -1) return undefined;
    parts.push(text.slice(start, colon));
    start = colon + 1;
  }
  const [, partition, service, region, account] = parts as [string, string, string, string, string];
  const path: string[] = [];
  for (let slash = mask.indexOf("/", start); slash !== -1; slash = mask.indexOf("/", start)) {
    path.push(text.slice(start, slash));
    start = slash + 1;
  }
  path.push(text.slice(start));
  const [type, ...names] = path as [string, ...string[]];
  return { partition, service, region, account, type, rest: names };
}

function isPattern(text: string): boolean {
  return /[*?]/.test(stripUnknown(text));
}
