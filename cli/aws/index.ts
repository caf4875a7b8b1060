export { ANSWER_MS, CONNECT_MS } from "../call-deadlines";
export { type BucketAddress, bucketAddress } from "./bucket-address";
export { type ConnectOptions, connector, customEndpoint } from "./connect";
export { type Failure, failureOf, showFailure } from "./failure";
export type { Aws, CallOptions, Connect, CredentialSource, OperationName, Operations } from "./operations";
export { paced } from "./pace";
export { findRegion, regionToAskFrom } from "./region";
export { rightFor } from "./rights";
