export {
  CONTRACT_VARIABLE,
  type ContractSources,
  contractFromFile,
  contractFromText,
  contractsFromPaths,
  contractsOf,
  type FoundContract,
} from "./contract-input";
export { DEFAULT_PATH, pathsOrDefault, readInputFiles, readInputText, unreadBeside, writeOutputText } from "./input-files";
