export { compiledControls } from "./compiled-controls";
export { type ControlledAccount, controlsOf, type OrganizationControls } from "./controls";
export { type DeniedRequest, organizationRemedy } from "./exemptions";
