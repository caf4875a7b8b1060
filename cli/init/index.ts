export { folderNamedAsVendor, initVendorIsMissing, optionOfOtherInitVendor, unknownInitVendor, vendorWithoutExample } from "./errors";
export { DIALECTS, projectFiles } from "./project-files";
export { defaultValues, INIT_VENDORS, type InitValues } from "./values";
export { writeNewFiles } from "./write-new-files";
