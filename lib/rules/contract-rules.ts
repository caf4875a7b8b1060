/** Findings that come from a contract, from a pin, from acceptances or from reading the plan: `check` reports them without calling a rule. */
import { acceptanceExpired } from "./contract/acceptance-expired";
import { acceptanceUnused } from "./contract/acceptance-unused";
import { accessTooWide } from "./contract/access-too-wide";
import { accessWidened } from "./contract/access-widened";
import { couldNotTell } from "./contract/could-not-tell";
import { pinContract } from "./contract/pin-contract";
import { pinPrincipal } from "./contract/pin-principal";
import { planIncomplete } from "./contract/plan-incomplete";
import { settingDiffers } from "./contract/setting-differs";
import { vendorLockedOut } from "./contract/vendor-locked-out";
import type { RuleInfo } from "./rule";

export const CONTRACT_RULES = {
  vendorLockedOut,
  accessTooWide,
  settingDiffers,
  couldNotTell,
  pinContract,
  pinPrincipal,
  planIncomplete,
  acceptanceUnused,
  acceptanceExpired,
  accessWidened,
} as const satisfies Record<string, RuleInfo>;
