export { cleanUpLater } from "./clean-up-later";
export { isDeleted } from "./is-deleted";
export { FileJournal, type Journal, journalFiles, newJournalFile, readJournal } from "./journal";
export { describeTestObjects, removeTestObjects } from "./remove-test-objects";
export { describeStandIn, removeStandIn, STAND_IN_PREFIX } from "./stand-in-role";
export { type TestObject, TestObjects } from "./test-objects";
