/** What several stacks, plans and states describe together. */
export { joinParts } from "./join";
export { LinkedStacks } from "./other-stacks";
export { withUniqueNames } from "./qualify";
export { contradictions, distinctStacks, type ReadStack, withState } from "./same-stack";
