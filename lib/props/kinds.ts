/** Rules by the type of a value. */

import type { PropValue } from "../errors";
import * as errors from "../errors";
import { brokenMember, brokenRule, type IsKnown, isStruct, type Rule, type Rules } from "./rule";

/** A prop that holds a string. */
export interface PropText extends PropValue {
  readonly got: string;
}

function rule(check: (value: PropValue, isKnown: IsKnown) => Error | undefined): Rule {
  return { isOptional: false, check };
}

/** Words that JavaScript writes into a text for a value that is not set: `role/undefined`. */
const UNSET_WORDS = /(?:^|[^A-Za-z0-9])(undefined)(?![A-Za-z0-9])|(?:^|[/:])(null|NaN)(?=$|[/:])|(\[object Object\])/;

function unsetWord(text: string): string | undefined {
  return UNSET_WORDS.exec(text)
    ?.slice(1)
    .find((word) => word !== undefined);
}

function textRule(check: (value: PropText) => Error | undefined): Rule {
  return rule((value) => {
    if (typeof value.got !== "string") return errors.wrongType(value, "a string");
    const word = unsetWord(value.got);
    return word === undefined ? check(value as PropText) : errors.unsetValue(value, word);
  });
}

/** A text for people. It may be empty. */
export const freeText: Rule = textRule(() => undefined);

const CONTROL_CHARACTERS = /\p{Cc}/u;

/** A text of one line that is not empty and has no white space at its ends. */
export function text(check: (value: PropText) => Error | undefined = () => undefined): Rule {
  return textRule((value) => {
    if (value.got === "") return errors.emptyText(value);
    if (value.got.trim() !== value.got) return errors.blankEdges(value);
    if (CONTROL_CHARACTERS.test(value.got)) return errors.controlCharacter(value);
    return check(value);
  });
}

/** A text that only its own rule restricts. It may be empty. */
export function anyText(check: (value: PropText) => Error | undefined): Rule {
  return textRule(check);
}

/** Any value but `null`. */
export const anything: Rule = rule((value) => (value.got === null ? errors.wrongType(value, "a value") : undefined));

export const flag: Rule = rule((value) => (typeof value.got === "boolean" ? undefined : errors.wrongType(value, "true or false")));

/** A whole number within bounds. @param phrase completes `must be`: `a whole number from 1 to 900`. */
export function wholeNumber(least: number, most: number, phrase = `a whole number from ${least} to ${most}`): Rule {
  return rule((value) => {
    if (typeof value.got !== "number") return errors.wrongType(value, phrase);
    const isInRange = Number.isInteger(value.got) && value.got >= least && value.got <= most;
    return isInRange ? undefined : errors.malformedNumber(value, `must be ${phrase}`);
  });
}

/** One of the words: an enum or a list. */
export function word(words: Readonly<Record<string, string>> | readonly string[]): Rule {
  const known = Object.values(words);
  return rule((value) => (known.includes(value.got as string) ? undefined : errors.unknownWord(value, known)));
}

/** A word that decides what the construct defines. It must therefore be known at synthesis. */
export function choice(words: Readonly<Record<string, string>> | readonly string[]): Rule {
  return { ...word(words), mustBeKnown: true };
}

export function listOf(item: Rule, { atLeastOne = false } = {}): Rule {
  const list = rule((value, isKnown) => {
    if (!Array.isArray(value.got)) return errors.wrongType(value, "a list");
    if (atLeastOne && value.got.length === 0) return errors.emptyList(value);
    const items: readonly unknown[] = [...value.got];
    return firstError(items, (got, index) => brokenRule(item, { prop: `${value.prop}[${index}]`, got, at: value.at }, isKnown));
  });
  // The construct asks each item for its members.
  return { ...list, item, ...(item.mustBeKnown && { mustBeKnown: true }) };
}

/** Values by names that the user chooses. */
export function mapOf(item: Rule, checkKey: (key: string, value: PropValue) => Error | undefined = () => undefined): Rule {
  return rule((value, isKnown) => {
    if (!isStruct(value.got)) return errors.wrongType(value, "an object");
    return firstError(Object.entries(value.got), ([key, got]) => {
      const member = { prop: `${value.prop}.${key}`, got, at: value.at };
      return (isKnown(key) ? checkKey(key, value) : undefined) ?? brokenRule(item, member, isKnown);
    });
  });
}

export function struct(rules: Rules): Rule {
  return { ...rule((value, isKnown) => brokenMember(rules, value, isKnown)), members: rules, mustBeKnown: true };
}

/**
 * An object with some members, whatever its class: two copies of a package have two classes of one name.
 *
 * @param type with its article: `a VendorProfile`.
 */
export function objectWith(type: string, ...members: string[]): Rule {
  return objectLike({ type, members, remedy: `give ${type}` });
}

/** Like `objectWith`, with a remedy that says where such an object comes from. */
export function objectLike({ type, members, remedy }: ObjectType): Rule {
  const object = rule((value) => {
    const { got } = value;
    return isStruct(got) && members.every((member) => member in got) ? undefined : errors.wrongType(value, type, remedy);
  });
  return { ...object, mustBeKnown: true, remedyIfMissing: remedy };
}

interface ObjectType {
  /** With its article: `a VendorProfile`. */
  readonly type: string;
  readonly members: readonly string[];
  readonly remedy: string;
}

function firstError<T>(items: readonly T[], errorOf: (item: T, index: number) => Error | undefined): Error | undefined {
  for (const [index, item] of items.entries()) {
    const error = errorOf(item, index);
    if (error) return error;
  }
  return undefined;
}
