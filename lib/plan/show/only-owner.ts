/** The bucket or role that an argument means where the plan has only one. */
import { textOf } from "../../json";
import { isUnknown } from "../../unknown";
import { attributeOf } from "../resources/attributes";
import type { Instance } from "../resources/inventory";

/** The type that each argument names. */
const OWNER_TYPES: Readonly<Record<string, string>> = { bucket: "aws_s3_bucket", role: "aws_iam_role", role_name: "aws_iam_role" };
/** What an expression may refer to and still have no other origin than that bucket or role. */
const OPAQUE = /^(?:local|var|module|each|count|path)\./;

/**
 * The name of the only candidate, where every reference of the argument may lead to it.
 *
 * The expressions of a module that is not installed are not known. Its arguments `bucket` and `role` then mean the one bucket or role
 * of the plan, as they do in every published module.
 */
export function onlyOwner(
  argument: { readonly type: string; readonly name: string; readonly references: readonly string[] },
  instances: (type: string) => readonly Instance[],
): string | undefined {
  const type = Object.hasOwn(OWNER_TYPES, argument.name) ? OWNER_TYPES[argument.name]! : undefined;
  if (type === undefined || argument.type === type || argument.references.length === 0) return undefined;
  const candidates = [...instances(type), ...instances(`data.${type}`)];
  const only = candidates.length === 1 ? candidates[0]! : undefined;
  if (only === undefined) return undefined;
  const mayLead = (reference: string) => OPAQUE.test(reference) || reference.startsWith(`${type}.`);
  const name = argument.references.every(mayLead) ? textOf(attributeOf(only, type === "aws_s3_bucket" ? "bucket" : "name")) : undefined;
  return name === undefined || isUnknown(name) ? undefined : name;
}
