export {
  brokenAccountIdRule,
  brokenBucketNameRule,
  brokenExternalIdRule,
  brokenKeyPrefixRule,
  brokenRoleNameRule,
  brokenRoleNameWithPathRule,
  brokenRolePathRule,
  keyPrefixOf,
  parseIamArn,
} from "./names";
