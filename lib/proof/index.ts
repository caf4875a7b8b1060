/** Proves what a contract says of all requests: nobody else can, and the vendor can, for every key. */
export { type Neighbours, neighboursOf, prove } from "./prove";
