/**
 * Checks that the actions of a profile exist in AWS and apply to the right kind of resource. A misspelt action would be granted and allow
 * nothing.
 */
import { ACTION_LISTS, actionFacts, actionsMatching } from "../access/data";
import * as errors from "../errors";
import { listOf, type Rules, text } from "../props";

const LIST_DATE = ACTION_LISTS.find(({ service }) => service === "s3")!.date;

/** Actions of one level, which can be patterns: `s3:*`. */
export function actionsOn(level: "bucket" | "object", { byName = false } = {}): Rules[string] {
  const phrase = level === "bucket" ? "a bucket" : "an object";
  return listOf(
    text((value) => {
      if (byName && /[*?]/.test(value.got)) return errors.actionWithWildcard(value);
      // IAM ignores letter case, but readers of a profile compare actions with AWS's spelling.
      const candidates = /[*?]/.test(value.got)
        ? actionsMatching(value.got)
        : actionsMatching(value.got).filter((name) => name === value.got);
      const isRight = value.got.startsWith("s3:") && candidates.some((name) => actionFacts(name)?.resourceTypes.includes(level));
      return isRight ? undefined : errors.actionNotOn(value, phrase, LIST_DATE);
    }),
  );
}
