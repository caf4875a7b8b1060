/** Roles other than the vendor's through which somebody outside the account may reach a bucket. */
export { sharedProviders } from "./insiders";
export { otherRolesOf } from "./other-roles";
export { asPossibleRole, factsOfRole } from "./role-facts";
export { rolesNaming } from "./role-index";
export { otherRoles, unknownCallerQuestions } from "./statement";
