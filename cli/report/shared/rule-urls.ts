/** The address of the documentation of the rules. */
const REPOSITORY = "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination";

export const HOME_PAGE = REPOSITORY;

/** The page of a rule. */
export function helpPage(ruleId: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${ruleId}.md`;
}
