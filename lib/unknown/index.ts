export {
  hasUnknown,
  kindOfUnknown,
  lowerCase,
  mayHold,
  mayHoldAnything,
  replaceUnknown,
  showUnknown,
  type UnknownKind,
  unknownsIn,
  unknownText,
} from "./placeholder";
export { and, MAYBE, NO, not, or, type Ternary, YES } from "./ternary";
