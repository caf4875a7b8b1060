/** Parts of a bucket or role of which is not known whose they are. */
import { hasUnknown, unknownsIn } from "../../unknown";

/** Whether a text that ought to name a bucket or role of the plan is not known, and none whose placeholder is the same. */
export function isAstray(name: string, known: ReadonlySet<string>): boolean {
  return hasUnknown(name) && !known.has(name);
}

const MODULES = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)+/;
const SUBJECT = /^(?:aws_s3_bucket|aws_iam_role)\.[\w-]+/;
/** What may come into a module from outside, or out of anything in it. */
const INSIDE = /^(?:(?:var|local|each|count|path|self|data)\b|aws_\w+\.)/;

/**
 * Which of the buckets or roles such a text may name, as far as the placeholder tells: the one that it refers to, those of the module
 * whose output it is or in which it is written, or any.
 *
 * @param addresses of all
 */
export function possibleOwnersOf(name: string, addresses: readonly string[]): (address: string) => boolean {
  const leads = sourcesIn(name).map((source): ((address: string) => boolean) => {
    const modules = MODULES.exec(source)?.[0] ?? "";
    const rest = source.slice(modules.length);
    const subject = SUBJECT.exec(rest)?.[0];
    if (subject !== undefined) return (address) => withoutKeys(address) === withoutKeys(modules + subject);
    const isWithin = (address: string) => withoutKeys(address).startsWith(withoutKeys(modules));
    return !INSIDE.test(rest) || addresses.some(isWithin) ? isWithin : () => true;
  });
  return (address) => leads.some((lead) => lead(address));
}

/** The references of the placeholders: an argument of a plan has them behind its own address. */
function sourcesIn(name: string): string[] {
  return unknownsIn(name).flatMap((source) => {
    const [, from] = source.split(", from ");
    return from === undefined ? [source] : from.split(", ");
  });
}

function withoutKeys(address: string): string {
  return address.includes("[") ? address.replace(/\[[^\]]*\]/g, "") : address;
}
