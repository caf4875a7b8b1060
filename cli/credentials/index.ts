export type { Callers, Party, RoleSession } from "./callers";
export { type ChosenCallers, chooseCallers } from "./choose-callers";
export { unknownIdentity } from "./identity-results";
export type { Sources } from "./options";
export { requestSession, requestSessionWithToken } from "./sessions";
