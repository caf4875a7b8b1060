/** Set by the bundler. */
declare const PROGRAM_VERSION: string;

/** The version of this program, which is the package's. */
export const VERSION = typeof PROGRAM_VERSION === "string" ? PROGRAM_VERSION : "0.0.0";
