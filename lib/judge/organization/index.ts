export { compiledControls } from "./compiled-controls";
export { controlsOf, type OrganizationControls } from "./controls";
export { type DeniedRequest, organizationRemedy } from "./exemptions";
