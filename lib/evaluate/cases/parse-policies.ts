import { compilePolicy } from "../document/compile";
import type { CompiledPolicy } from "../document/compiled-policy";
import type { Policies } from "../policies";
import type { PolicyKind } from "../types";
import { caseFormatError } from "./case-error";
import { type Fields, fieldsOf, optional } from "./fields";

const OWNERSHIPS: readonly string[] = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];
const BLOCK_SETTINGS: readonly string[] = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];

/** The policies and settings of a case. */
export function parsePolicies(fields: Fields, id: string): Policies {
  const one = (name: string, kind: PolicyKind): CompiledPolicy | undefined => {
    const document = optional(fields, name);
    return document === undefined ? undefined : compilePolicy(document, kind, { name: `${name} of ${id}` });
  };
  const list = (name: string): readonly unknown[] | undefined => {
    const documents = optional(fields, name);
    if (documents !== undefined && !Array.isArray(documents))
      throw caseFormatError({ property: name, rule: "must be a list", value: documents, where: id });
    return documents as unknown[] | undefined;
  };
  const many = (name: string, kind: PolicyKind) =>
    list(name)?.map((document, index) => compilePolicy(document, kind, { name: `${name}[${index}] of ${id}` }));
  return {
    identityPolicies: many("identityPolicies", "identity"),
    resourcePolicy: one("resourcePolicy", "resource"),
    trustPolicy: one("trustPolicy", "trust"),
    permissionsBoundary: one("permissionsBoundary", "permissionsBoundary"),
    sessionPolicies: many("sessionPolicies", "session"),
    serviceControlPolicies: list("serviceControlPolicies")?.map((level, index) => {
      const name = `serviceControlPolicies[${index}] of ${id}`;
      const attached = Array.isArray(level) ? (level as unknown[]) : [level];
      return attached.map((document) => compilePolicy(document, "serviceControl", { name }));
    }),
    resourceControlPolicies: many("resourceControlPolicies", "resourceControl"),
  };
}

export function parseSettings(fields: Fields, id: string): Policies {
  const blockPublicAccess = optional(fields, "blockPublicAccess");
  const objectOwnership = optional(fields, "objectOwnership");
  const canonicalUsers = optional(fields, "canonicalUsers");
  if (objectOwnership !== undefined && !(typeof objectOwnership === "string" && OWNERSHIPS.includes(objectOwnership))) {
    throw caseFormatError({
      property: "objectOwnership",
      rule: `must be one of ${OWNERSHIPS.join(", ")}`,
      value: objectOwnership,
      where: id,
    });
  }
  return {
    ...(blockPublicAccess === undefined ? {} : { blockPublicAccess: parseBlockPublicAccess(blockPublicAccess, id) }),
    ...(objectOwnership === undefined ? {} : { objectOwnership }),
    ...(canonicalUsers === undefined ? {} : { canonicalUsers: parseCanonicalUsers(canonicalUsers, id) }),
  };
}

/** A misspelt setting would count as one that is off, so it is refused. */
function parseBlockPublicAccess(input: unknown, id: string): NonNullable<Policies["blockPublicAccess"]> {
  const settings = fieldsOf(input, id, "blockPublicAccess");
  for (const [name, value] of Object.entries(settings)) {
    if (!BLOCK_SETTINGS.includes(name))
      throw caseFormatError({
        property: `blockPublicAccess.${name}`,
        rule: `must be one of ${BLOCK_SETTINGS.join(", ")}`,
        value: name,
        where: id,
      });
    if (typeof value !== "boolean")
      throw caseFormatError({ property: `blockPublicAccess.${name}`, rule: "must be true or false", value: value, where: id });
  }
  return settings as NonNullable<Policies["blockPublicAccess"]>;
}

function parseCanonicalUsers(input: unknown, id: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(input, id, "canonicalUsers")).map(([user, account]) => {
      if (typeof account !== "string")
        throw caseFormatError({ property: `canonicalUsers.${user}`, rule: "must be an account ID as text", value: account, where: id });
      return [user.toLowerCase(), account];
    }),
  );
}
