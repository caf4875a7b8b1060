export { showFindingPlace } from "./locations";
export { maskAccounts } from "./mask-accounts";
export { countOutcomes, outcomeOf } from "./outcome";
export { plural } from "./plural";
export { type EscapedText, jsonText, printable, printableLine, printableLines } from "./printable";
export { helpPage } from "./rule-urls";
export { shownContext } from "./shown-context";
export { NO_PROGRESS, progressText } from "./text-writer";
