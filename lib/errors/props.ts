/** Values of the wrong type, and values that are not there. */
import { message, messageWithoutValue, type PropValue } from "./message";

export function missingProp(value: PropValue, remedy = "give a value; if it comes from an environment variable, set the variable"): Error {
  return message({ ...value, code: "MissingProp", rule: "must be given", remedy });
}

/**
 * The value is not shown: it may be an external ID.
 *
 * @param known props of the same object. @param nearest the one of them that is probably meant
 */
export function unknownProp({ prop, at }: PropValue, known: readonly string[], nearest: string | undefined): Error {
  const path = prop.slice(0, prop.lastIndexOf(".") + 1);
  const remedy = nearest === undefined ? `remove it, or use one of ${known.join(", ")}` : `write '${path}${nearest}'`;
  return messageWithoutValue({ prop, at, code: "UnknownProp", rule: "is not the name of a prop", remedy });
}

/** @param type with its article: `a string`. */
export function wrongType(value: PropValue, type: string, remedy = `give ${type}`): Error {
  const orNothing = value.got === null ? ", or leave it out if it is optional" : "";
  return message({ ...value, code: "WrongType", rule: `must be ${type}`, remedy: `${remedy}${orNothing}` });
}

export function emptyText(value: PropValue): Error {
  const remedy = "give a value, or leave the prop out if it is optional; if it comes from an environment variable, set the variable";
  return message({ ...value, code: "EmptyText", rule: "must not be empty", remedy });
}

export function blankEdges(value: PropValue): Error {
  return message({ ...value, code: "BlankEdges", rule: "must not begin or end with white space", remedy: "remove the white space" });
}

export function controlCharacter(value: PropValue): Error {
  const rule = "must not hold line breaks or other control characters";
  return message({ ...value, code: "ControlCharacter", rule, remedy: "write it in one line" });
}

export function unsetValue(value: PropValue, word: string): Error {
  const rule = `must not contain the word ${JSON.stringify(word)}, which JavaScript writes for a value that is not set`;
  return message({ ...value, code: "UnsetValue", rule, remedy: "set the variable that the text is built from" });
}

/** Of a prop that may be left out, and without which more is allowed. */
export function unsetNarrowing(value: PropValue): Error {
  const rule = "must have a value where it is given, because more is allowed without it";
  const remedy = "give a value, or leave the prop out; if it comes from an environment variable, set the variable";
  return message({ ...value, code: "UnsetValue", rule, remedy });
}

/** @param words that the prop accepts. */
export function unknownWord(value: PropValue, words: readonly string[]): Error {
  const rule = `must be one of ${words.map((word) => JSON.stringify(word)).join(", ")}`;
  return message({ ...value, code: "UnknownValue", rule, remedy: `use e.g. ${JSON.stringify(words[0])}` });
}

export function malformedNumber(value: PropValue, rule: string): Error {
  return message({ ...value, code: "MalformedNumber", rule, remedy: "use a whole number in that range" });
}

export function malformedTag(value: PropValue, rule: string): Error {
  return message({ ...value, code: "MalformedTag", rule, remedy: 'use e.g. { owner: "security" }' });
}

export function malformedTime(value: PropValue): Error {
  return message({ ...value, code: "MalformedTime", rule: "must be a time of day", remedy: 'use e.g. "05:00"' });
}

export function malformedDay(value: PropValue): Error {
  return message({ ...value, code: "MalformedDay", rule: "must be a day of the calendar", remedy: 'use e.g. "2027-06-30"' });
}

export function emptyList(value: PropValue): Error {
  return message({ ...value, code: "EmptyList", rule: "must hold at least one", remedy: "name at least one" });
}
