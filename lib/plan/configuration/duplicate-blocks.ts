/** Refuses modules that declare the same thing twice, as Terraform does. */
import { ownValue, textOf } from "../../json";
import type { BlockType } from "../files/block-types";
import { PlanReadError } from "../files/plan-read-error";
import { type Block, isOverride, type ModuleBlocks } from "./blocks";

/** The names that one block declares, as Terraform writes their addresses. */
const ADDRESSES: Readonly<Partial<Record<BlockType, (block: Block) => readonly string[]>>> = {
  resource: ({ labels }) => [labels.join(".")],
  data: ({ labels }) => [["data", ...labels].join(".")],
  ephemeral: ({ labels }) => [["ephemeral", ...labels].join(".")],
  action: ({ labels }) => [["action", ...labels].join(".")],
  check: ({ labels }) => [`check.${labels[0]}`],
  module: ({ labels }) => [`module.${labels[0]}`],
  variable: ({ labels }) => [`var.${labels[0]}`],
  output: ({ labels }) => [`output.${labels[0]}`],
  locals: ({ body }) =>
    Object.keys(body)
      .filter((name) => name !== "//")
      .map((name) => `local.${name}`),
  provider: ({ labels, body }) => [["provider", labels[0], textOf(ownValue(body, "alias"))].filter((part) => part !== undefined).join(".")],
};

/**
 * Throws `PlanReadError` where two blocks outside override files declare the same: readers differ in which of the two counts.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function requireUniqueBlocks(module: ModuleBlocks): void {
  const declared = new Map<string, string>();
  for (const [type, addressesOf] of Object.entries(ADDRESSES)) {
    if (module.hasOneObject(type as BlockType)) continue;
    module.each(type as BlockType, (block) => {
      if (isOverride(block.file)) return;
      for (const address of addressesOf(block)) {
        const before = declared.get(address);
        if (before !== undefined) {
          const where = before === block.file ? "twice" : `again after ${before}`;
          throw new PlanReadError(block.file, `declares ${address} ${where}, which Terraform refuses`, "remove or rename one of the two");
        }
        declared.set(address, block.file);
      }
    });
  }
}
