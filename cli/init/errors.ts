/** What is wrong with the usage of `init`. */
import { UsageError } from "../errors";
import { docsPage } from "../version";

export function initVendorIsMissing(known: readonly string[]): UsageError {
  return new UsageError(`MissingArgument: 'vendor' must be given; write vendor-destination init ${known.join("|")} [folder]`);
}

/** @param meant the one that is probably meant */
export function unknownInitVendor(got: string, known: readonly string[], meant = known[0]): UsageError {
  const rule = `must be one of ${known.join(", ")}, and one folder may follow`;
  return new UsageError(`UnknownVendor: 'vendor' ${rule}, got ${JSON.stringify(got)}; write for example vendor-destination init ${meant}`);
}

/** A vendor that has a profile and no example. */
export function vendorWithoutExample(got: string, known: readonly string[]): UsageError {
  const rule = `must be one of ${known.join(", ")}, which init has examples of`;
  return new UsageError(
    `UnknownVendor: 'vendor' ${rule}, got ${JSON.stringify(got)}; define a VendorDestination as ${docsPage("vendors/other.md")} shows`,
  );
}

export function optionOfOtherInitVendor(option: string, vendor: string): UsageError {
  return new UsageError(`InvalidOption: '${option}' has no meaning for init ${vendor}; leave it out`);
}

/** A user who names two vendors wants two projects. */
export function folderNamedAsVendor(got: string): UsageError {
  return new UsageError(
    `TwoVendors: 'folder' must not be the name of a vendor, because a project is for one, got ${JSON.stringify(got)}; ` +
      `run init once for each vendor, each in a folder of its own, or write the folder as ./${got}`,
  );
}

export function filesExist(names: readonly string[], folder: string): UsageError {
  const are = names.length === 1 ? "is" : "are";
  return new UsageError(
    `FileExists: ${names.join(", ")} ${are} there already, and nothing is overwritten; name an empty folder (at ${folder})`,
  );
}

export function unwritableFile(path: string, problem: string): UsageError {
  return new UsageError(`UnwritableFile: the file cannot be written: ${problem}; name a folder that can be written to (at ${path})`);
}
