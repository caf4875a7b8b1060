export { readAcceptances } from "./acceptance-file";
export type { GivenAcceptance } from "./acceptances";
export { addLines } from "./lines";
export { type Assignment, contractsIn, withoutUnknownContracts } from "./models";
export { type CheckInput, runCheck } from "./run";
export { knownProfile, vendorContract } from "./vendor-contract";
export { isGiven, VENDOR_OPTION_NAMES, VENDOR_OPTIONS } from "./vendor-options";
