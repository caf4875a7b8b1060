/** What every contract says of all requests, by the IDs of the results. */
export const PROOF_IDS = {
  nobodyElse: "nobody-else-reaches-bucket",
  nothingElse: "vendor-can-do-nothing-else",
  otherBuckets: "vendor-reaches-no-other-bucket",
  ownRights: "role-allows-nothing-in-other-services",
  nothingBeside: "nothing-else-lets-vendor-in",
  neighbours: "vendor-reaches-no-other-vendors-objects",
  delivers: "vendor-can-deliver-every-key",
  assumed: "nobody-else-assumes-role",
  otherRoles: "no-other-role-lets-others-in",
  vendorOrganization: "vendor-organization-opens-nothing-else",
  externalIds: "vendor-can-assume-role-with-each-external-id",
} as const;
