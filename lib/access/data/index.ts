/** AWS's own lists of actions and condition keys, with their dates. */
export {
  ACTION_LISTS,
  type ActionFacts,
  actionFacts,
  actionsMatching,
  allActions,
  familiarFirst,
  isAction,
  type KeyType,
  keyType,
  patternExpression,
} from "./actions";
export { everyAction, everyActionMatching, goesWith, isOfOtherResources, isServicePrefix, OTHER_TYPE } from "./every-action";
export { DELEGATING_RIGHTS, LIMIT_REMOVING_RIGHTS, WIDENING_RIGHTS } from "./widening-rights";
