export { cleanUpLater } from "./clean-up-later";
export { earlierJournals } from "./earlier-journals";
export { isDeleted, isStored, isUploadOpen, PUT_IGNORED } from "./is-deleted";
export { FileJournal, type Journal, NO_JOURNAL, newJournalFile } from "./journal";
export { describeTestObjects, removeTestObjects } from "./remove-test-objects";
export { CLEAN_UP_MS, REMOVAL_ATTEMPTS, stoppedBy, waitBeforeAttempt } from "./retry";
export { thisRun } from "./run-identity";
export { describeStandIn, isMissing, removeStandIn, STAND_IN_DESCRIPTION, STAND_IN_PREFIX, STAND_IN_TAG } from "./stand-in-role";
export { type TestObject, TestObjects, type Written } from "./test-objects";
