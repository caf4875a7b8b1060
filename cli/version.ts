/** Set by the bundler. */
declare const PROGRAM_VERSION: string;

/** The version of this program, which is the package's. */
export const VERSION = typeof PROGRAM_VERSION === "string" ? PROGRAM_VERSION : "0.0.0";

const REPOSITORY = "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination";

export const HOME_PAGE = REPOSITORY;

/** The address of a page of `docs`: most who run this program have no copy of the folder. */
export function docsPage(page: string): string {
  return `${REPOSITORY}/blob/main/docs/${page}`;
}
