export { duplicateMember, duplicateMembers, parseDocument } from "./duplicate-member";
export { dig, isDeeperThan, isObject, type JsonObject, listOf, own, parseJson, pointerTo, pointerToMember, setOwn, textOf } from "./json";
export { findJsonError } from "./json-error";
