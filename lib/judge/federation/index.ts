/** Who can assume a role through identity providers and services. */
export { federatedCallers } from "./federated-callers";
export { openProviders, tiedProviders } from "./open-providers";
export { type OpenService, servicesForOthers } from "./services";
