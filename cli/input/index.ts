export { CONTRACT_VARIABLE, contractFromFile, contractFromText, contractsFromPaths, type FoundContract } from "./contract-input";
export { readInputFiles, readInputText, unreadBeside, writeOutputText } from "./input-files";
