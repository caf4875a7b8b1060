import type { RuleInfo } from "../rule";

export const settingDiffers: RuleInfo = {
  id: "setting-differs",
  title: "a setting of the bucket differs from the contract",
  severity: "high",
  reason: "The vendor documents the setting, or it was chosen when the destination was defined",
  details:
    "A setting of the bucket (Block Public Access, encryption, bucket key, versioning, Object Ownership, region) has another value " +
    "than the contract names. Where the plan sets nothing, AWS's default applies, except for Block Public Access, which must be set.",
  remedy: "set it to one of the values that the contract names",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
};
