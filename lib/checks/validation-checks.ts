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

const VALIDATION_PROPS_RULES: Rules = {
  ...VALIDATION_RULES,
  contract: objectWith("a delivery contract"),
  triggers: optional(texts),
  replaceTriggeredBy: optional(listOf(text())),
  dependsOn: optional(listOf(objectWith("a Terraform resource", "fqn"))),
};

/** Throws if a prop of a validation is known and wrong. */
export function checkValidationProps(props: unknown, at: string): void {
  checkProps(VALIDATION_PROPS_RULES, props, at);
}
