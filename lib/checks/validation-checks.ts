import type { PropValue } from "../errors";
import * as errors from "../errors";
import { choice, listOf, objectWith, optional, type Rules, roleArn, text, texts, wholeNumber } from "../props";
import { checkProps } from "./check-props";

/** Rules for `ValidationOptions`. */
export const VALIDATION_RULES: Rules = {
  mode: optional(choice(["enforce", "warn", "off"])),
  onUnknown: optional(choice(["fail", "warn"])),
  assumeRoleArn: optional(roleArn),
  awsProfile: optional(text()),
  vendorAwsProfile: optional(text()),
  timeoutSeconds: optional(wholeNumber(1, 900)),
  environment: optional(texts),
};

const CONTRACT = objectWith("a delivery contract");

const VALIDATION_PROPS_RULES: Rules = {
  ...VALIDATION_RULES,
  contract: { ...CONTRACT, check: (value, isKnown) => CONTRACT.check(value, isKnown) ?? unlessJson(value) },
  triggers: optional(texts),
  replaceTriggeredBy: optional(listOf(text())),
  dependsOn: optional(listOf(objectWith("a Terraform resource", "fqn"))),
};

/** The contract is an output of Terraform. */
function unlessJson(value: PropValue): Error | undefined {
  try {
    JSON.stringify(value.got);
    return undefined;
  } catch {
    return errors.wrongType(value, "an object that JSON can hold", "give the contract of a destination");
  }
}

/** Throws if a prop of a validation is known and wrong. */
export function checkValidationProps(props: unknown, at: string): void {
  checkProps(VALIDATION_PROPS_RULES, props, at);
}
