import type { Rule } from "../rule";

export const conflictingSettings: Rule = {
  id: "conflicting-settings",
  title: "two resources configure the same setting of one bucket or role",
  severity: "high",
  everywhere: true,
  reason: "Each apply overwrites one with the other, and which one wins is unpredictable",
  remedy: "keep one of the two resources",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket",
  bucket: ({ bucket: { rivals = [] } }) => {
    const [rival] = rivals;
    return rival && { detail: rival.addresses.join(" and "), location: rival.location };
  },
  role: ({ role: { inlinePolicies, rivals = [] } }) => {
    if (rivals[0] !== undefined) return { detail: rivals[0].addresses.join(" and "), location: rivals[0].location };
    const rival = inlinePolicies.find(
      ({ name }, index) => name !== undefined && inlinePolicies.findIndex((one) => one.name === name) < index,
    );
    const first = rival && inlinePolicies.find(({ name }) => name === rival.name);
    return rival && { detail: [first!, rival].map(({ location }) => location.address).join(" and "), location: rival.location };
  },
};
