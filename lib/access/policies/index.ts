/** Policies as request sets: what the layers of policies of a world allow to a class of callers. */
export { type CallerClass, callerClasses } from "./callers";
export { readDocument } from "./document";
export { ACTION, CALLER, RESOURCE, SESSION, TIME, traitsOfAttribute } from "./keys";
export { type Access, type ActionGroup, accessOf, groupOf } from "./layers";
export { allowedCallers } from "./principals";
export { ACL_KEYS, IMPLIED_ACL_ACTION } from "./s3-settings";
export { exactly } from "./texts";
export type * from "./types";
