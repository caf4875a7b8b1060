export {
  CONTRACT_VARIABLE,
  type ContractSources,
  contractFromFile,
  contractFromText,
  contractsFromPaths,
  contractsOf,
  type FoundContract,
  neighboursFrom,
} from "./contract-input";
export {
  CONFIGURATION_NAMES,
  DEFAULT_PATH,
  pathsOrDefault,
  readInputFile,
  readInputFiles,
  readInputText,
  textOfInput,
  unreadFiles,
  WRITABLE,
  writeOutputText,
} from "./input-files";
export {
  type GivenOrganization,
  ORGANIZATION_OPTIONS,
  type OrganizationOptions,
  organizationArguments,
  readOrganization,
  withOrganization,
} from "./organization";
export { priorStatesIn } from "./prior-state";
export { projectFiles } from "./project-files";
export { sourcesOfPlans } from "./source-files";
