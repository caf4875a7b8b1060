export { readContext } from "./context";
export { type AskedRequest, decideInPlan, needsRoleAlone } from "./decide-in-plan";
export { explainLine } from "./explain-line";
