/** What is known about the condition keys of AWS STS in a request that assumes a role. */
import type { ConditionKeyRow } from "./types";

const KEYS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts";

export const STS_KEYS: readonly ConditionKeyRow[] = [
  // The contract tells which IDs the vendor presents. An external ID is no secret, so a stranger presents any.
  {
    keys: ["sts:externalid"],
    scope: "sts",
    knowledge: "known",
    except: { stranger: "chosen" },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
  },
  { keys: ["sts:rolesessionname"], scope: "sts", knowledge: "chosen", isAlwaysPresent: true, source: KEYS },
  { keys: ["sts:sourceidentity", "sts:transitivetagkeys", "sts:durationseconds"], scope: "sts", knowledge: "chosen", source: KEYS },
  { keys: ["iam:resourcetag/"], scope: "sts", knowledge: "unknown", source: KEYS },
];
