/** Resources whose bucket or role cannot be resolved. */
import { hasUnknown, referencesIn, splitAtUnknown, unknownsIn } from "../../unknown";

/** Whether a text that names a bucket or role is unknown, and equals the name of none that the plan holds. */
export function isUnresolved(name: string, known: ReadonlySet<string>): boolean {
  return hasUnknown(name) && !known.has(name);
}

const MODULES = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)+/;
const OWNER = /^(?:aws_s3_bucket|aws_iam_role)\.[\w-]+/;
/** CDK for Terraform reads an output of a stack that it names. */
const OF_ANOTHER_STACK = /^data\.terraform_remote_state\.cross-stack-reference-input-/;
/** References whose value a module may receive from its caller, or compute from anything inside it. */
const INSIDE = /^(?:(?:var|local|each|count|path|self|data)\b|aws_\w+\.)/;

type AddressTest = (address: string) => boolean;

/**
 * Finds the buckets or roles that an unresolved name may mean, by its placeholder: the one that it refers to, those of the module whose
 * output it is or in which it is written, or any.
 *
 * @param addresses of all buckets or roles
 */
export function possibleOwnersOf(name: string, addresses: readonly string[]): AddressTest {
  const tests = sourcesIn(name).map(({ source, isListed }): AddressTest => {
    const modules = MODULES.exec(source)?.[0] ?? "";
    const rest = source.slice(modules.length);
    const owner = OWNER.exec(rest)?.[0];
    if (owner !== undefined) return (address) => withoutKeys(address) === withoutKeys(modules + owner);
    const isWithin = (address: string) => withoutKeys(address).startsWith(withoutKeys(modules));
    // A plan does not show what an output is computed from. It may return a value that the module was given.
    return (!INSIDE.test(rest) && !isListed) || addresses.some(isWithin) ? isWithin : () => true;
  });
  return (address) => tests.some((test) => test(address));
}

/**
 * Whether an unresolved name may mean a bucket or role of another stack, because its value comes from outside the stack, such as from a
 * variable or a data source.
 */
export function mayMeanElsewhere(name: string): boolean {
  return sourcesIn(name).some(({ source }) => {
    const rest = source.slice((MODULES.exec(source)?.[0] ?? "").length);
    return INSIDE.test(rest) && !OWNER.test(rest) && !OF_ANOTHER_STACK.test(rest);
  });
}

/** Whether a partly known name can be the other name, judged by its beginning and end. */
export function mayEqual(name: string, other: string): boolean {
  if (hasUnknown(other)) return true;
  const parts = splitAtUnknown(name);
  return other.startsWith(parts[0]!) && other.endsWith(parts.at(-1)!);
}

/** The references behind the placeholders of a name. */
function sourcesIn(name: string): { readonly source: string; readonly isListed: boolean }[] {
  return unknownsIn(name).flatMap((unknown): { source: string; isListed: boolean }[] => {
    const references = referencesIn(unknown);
    return references.length === 0 ? [{ source: unknown, isListed: false }] : references.map((source) => ({ source, isListed: true }));
  });
}

/** The address of the block that makes an instance. */
export function withoutKeys(address: string): string {
  return address.includes("[") ? address.replace(/\[[^\]]*\]/g, "") : address;
}
