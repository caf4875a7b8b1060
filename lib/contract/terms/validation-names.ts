/** The name under which a validation acts: its role sessions have it, and its test objects begin with it. */

/** The session name of every role session of a validation, and the only one under which a validator may assume the destination role. */
export const VALIDATION_SESSION_NAME = "vendor-destination-validation";
