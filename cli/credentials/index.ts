export { type ChosenCallers, chooseCallers, type Sources } from "./choose-callers";
export { Identities, isIdentity } from "./identities";
export { accountOf, parseCaller } from "./principals";
