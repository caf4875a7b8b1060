/** All rules, in the order in which a reader meets them. */
import * as breadth from "./breadth";
import * as bucketSettings from "./bucket-settings";
import * as effect from "./effect";
import * as form from "./form";
import * as grants from "./grants";
import * as openness from "./openness";
import * as protection from "./protection";
import type { Rule } from "./rule";
import * as secondDoor from "./second-door";

export const RULES: readonly Rule[] = [openness, secondDoor, breadth, grants, protection, effect, form, bucketSettings].flatMap((file) =>
  Object.values<Rule>(file),
);
