/** A case that is not in the format. */
export class CaseFormatError extends Error {
  override readonly name = "CaseFormatError";
}

/** What is wrong with a member of a case. */
export interface CaseFault {
  /** The path of the member: `request.action`. */
  readonly property: string;
  readonly rule: string;
  readonly value: unknown;
  /** The ID of the case, or `case` where it has none. */
  readonly where: string;
}

export function caseFormatError({ property, rule, value, where }: CaseFault): CaseFormatError {
  const got = value === undefined ? "nothing" : JSON.stringify(value);
  return new CaseFormatError(`InvalidCase: '${property}' ${rule}, got ${got}; see schemas/case.schema.json (at ${where})`);
}
