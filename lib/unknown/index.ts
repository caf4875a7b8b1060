/** Values that are not known: placeholders in texts, and three-valued logic. */
export {
  escapeUnknown,
  hasEscapedMark,
  quoteUnknown,
  showUnknownInJson,
  unescapeUnknown,
  withoutEscapedMarks,
  withoutMarks,
} from "./json-text";
export {
  ANY_NAME,
  fillUnknown,
  hasUnknown,
  indexOfUnknown,
  isUnknown,
  isWhollyUnknown,
  joinAtUnknown,
  kindOfUnknown,
  lowerCase,
  maskUnknown,
  mayHold,
  mayHoldAnything,
  nameUnknown,
  renameUnknown,
  replaceUnknown,
  showUnknown,
  splitAtUnknown,
  stripUnknown,
  type UnknownKind,
  unknownPattern,
  unknownsIn,
  unknownText,
  withoutKinds,
} from "./placeholder";
export { referencesIn, sourceOf } from "./sources";
export { and, MAYBE, NO, not, or, type Ternary, YES } from "./ternary";
