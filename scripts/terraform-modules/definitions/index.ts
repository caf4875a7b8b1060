import { ANY_VENDOR } from "./any-vendor";
import type { ModuleDefinition } from "./definition";
import { KANDJI } from "./kandji";
import { SIX_SENSE } from "./six-sense";

export type { ModuleDefinition } from "./definition";
export type { Variable } from "./variables";

export const MODULES: readonly ModuleDefinition[] = [KANDJI, SIX_SENSE, ANY_VENDOR];
