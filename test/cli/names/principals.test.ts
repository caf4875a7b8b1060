import { expect, test } from "vitest";
import { isPrincipal } from "../../../cli/names/principals";

test.each([
  ["arn:aws:sts::222222222222:assumed-role/kandji/run", "arn:aws:iam::222222222222:role/kandji", true],
  ["arn:aws:sts::222222222222:assumed-role/kandji/run", "arn:aws:iam::222222222222:role/vendor/x/kandji", true],
  ["arn:aws:sts::222222222222:assumed-role/kandji/run", "arn:aws:iam::333333333333:role/kandji", false],
  ["arn:aws:sts::222222222222:assumed-role/other/run", "arn:aws:iam::222222222222:role/kandji", false],
  ["arn:aws:sts::222222222222:assumed-role/kandji/run", "arn:aws:iam::222222222222:user/kandji", false],
  ["arn:aws:sts::222222222222:assumed-role/kandji/run", "arn:aws:sts::222222222222:assumed-role/kandji/run", true],
  ["arn:aws:sts::222222222222:assumed-role/kandji/run", "arn:aws:sts::222222222222:assumed-role/kandji/other", false],
  ["arn:aws:iam::222222222222:user/path/writer", "arn:aws:iam::222222222222:user/writer", true],
  ["arn:aws:iam::222222222222:user/writer", "222222222222", true],
  ["arn:aws:iam::222222222222:user/writer", "arn:aws:iam::222222222222:root", true],
  ["arn:aws:iam::333333333333:user/writer", "222222222222", false],
])("tells whether %s is %s: %s", (caller, principal, expected) => {
  expect(isPrincipal(caller, principal)).toBe(expected);
});
