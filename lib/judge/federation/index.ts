/** Who can assume a role through identity providers. */
export { federatedCallers } from "./federated-callers";
export { openProviders } from "./open-providers";
