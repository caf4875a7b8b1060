/** The algebra of sets of requests: boxes over independent attributes, systems of string tests, intervals. */
export { ABSENT, type AttributeTraits, type Text, type Value } from "./attribute";
export { type Box, isEmpty, type Origin, type Point, pointOutside, type Search, Space } from "./box";
export { Budget, BudgetExceeded, type BudgetLimits } from "./budget";
export { between, complementOf, EVERYTHING, HIGHEST, type Interval, type Intervals, LOWEST, unionOf } from "./intervals";
export { LimitedCache } from "./limited-cache";
export * from "./literal";
export {
  type CharacterClass,
  codesOf,
  type Pattern,
  type PatternOptions,
  type Placeholder,
  patternOf,
  patternOfTokens,
  placeholdersIn,
  plain,
  showPattern,
  some,
  type TextPart,
  type Token,
  textOfCodes,
  type WildcardPlace,
} from "./pattern";
export { type ShownLiteral, showLiteral } from "./show";
export { type Bound, meetsString, type StringTest, shortestText, stringTest } from "./strings";
export { ADDRESSES, readAddresses, readDate, readNumber } from "./values";
