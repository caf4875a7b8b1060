export { deliveryFolders, folderOf, isTestObject, TEST_OBJECT_PREFIX } from "./object-keys";
export { isPrincipal, parseCaller } from "./principals";
