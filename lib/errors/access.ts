/** Who may deliver, and by which access method. */
import { message, type PropValue } from "./message";

/** @param count how many IDs there are: the IDs themselves are not shown. */
export function invalidExternalId(rule: string, count: number, at: string): Error {
  const value = { prop: "externalIds", got: `${count} ID(s), not shown`, at };
  return message({ ...value, code: "InvalidExternalId", rule, remedy: "copy the ID from the vendor's screen" });
}

export function externalIdRequired(vendor: string, at: string): Error {
  const rule = `must hold the external ID that ${vendor} asks for`;
  return message({ prop: "externalIds", got: [], at, code: "ExternalIdRequired", rule, remedy: "copy it from the vendor's screen" });
}

export function externalIdRefused(vendor: string, at: string): Error {
  const rule = `must be empty, because ${vendor} does not send an external ID and could not assume the role`;
  return message({ prop: "externalIds", got: "an external ID, not shown", at, code: "ExternalIdRefused", rule, remedy: "leave it out" });
}

export function noPrincipals(at: string): Error {
  const rule = "must name at least one principal of the vendor";
  return message({ prop: "principals", got: [], at, code: "NoPrincipals", rule, remedy: "use VendorPrincipal.roleArn(…)" });
}

export function unsupportedAccessMethod(value: PropValue, vendor: string, methods: readonly string[]): Error {
  const rule = `must be an access method that ${vendor} documents (${methods.join(", ")})`;
  return message({ ...value, code: "UnsupportedAccess", rule, remedy: "use the matching factory of VendorAccess" });
}

/** @param sites for which the vendor publishes a principal */
export function unknownSite(value: PropValue, vendor: string, sites: readonly string[]): Error {
  if (sites.length === 0) {
    const remedy = "copy the principal from the vendor's screen, and use VendorPrincipal.roleArn(…), userArn(…) or account(…)";
    return message({ ...value, code: "UnknownSite", rule: `cannot name a principal, because ${vendor} publishes none`, remedy });
  }
  const rule = `must be a site for which ${vendor} publishes a principal (${sites.join(", ")})`;
  return message({ ...value, code: "UnknownSite", rule, remedy: `use e.g. "${sites[0]}"` });
}
