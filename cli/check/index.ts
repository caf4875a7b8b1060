export { readAcceptances } from "./acceptance-file";
export type { GivenAcceptance } from "./acceptances";
export { addLines } from "./lines";
export { type Assignment, contractsIn } from "./models";
export { type CheckInput, runCheck } from "./run";
export { VENDOR_OPTION_NAMES, vendorContract } from "./vendor-contract";
