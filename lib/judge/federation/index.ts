/** Whom identity providers bring into a role. */
export { federatedCallers } from "./federated-callers";
export { openProviders } from "./open-providers";
