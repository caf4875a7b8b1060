export { readContext } from "./context";
export { type AskedRequest, decideInPlan } from "./decide-in-plan";
export { explainLine } from "./explain-line";
