export { cleanUp, describeLeft, quote } from "./clean-up";
export { cleanUpLater } from "./clean-up-later";
export { FileJournal, type Journal, journalFiles, newJournalFile, readJournal } from "./journal";
export { folderOf, isTestObject, type TestObject, TestObjects } from "./test-objects";
