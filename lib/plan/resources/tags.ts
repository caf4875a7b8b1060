/** The tags of a role or bucket. Sessions of a role have its tags as `aws:PrincipalTag`. */
import { isObject } from "../../json";
import { hasUnknown } from "../../unknown";
import { asText } from "../expression/value";
import { areTagsIgnored } from "./ignored-changes";
import type { Instance } from "./inventory";

/** The tags with their keys in lower case, those of the provider's `default_tags` included; undefined where some are not known. */
export function tagsOf(resource: Instance): Readonly<Record<string, string>> | undefined {
  if (areTagsIgnored(resource)) return undefined;
  const all = resource.get("tags_all");
  // A plan and a state show the result.
  if (isObject(all)) return readTags(all);
  const defaults = resource.provider.defaultTags ?? undefined;
  const given = resource.get("tags") ?? undefined;
  const [byDefault, own] = [defaults, given].map((tags) => (tags === undefined ? {} : readTags(tags)));
  return byDefault && own && { ...byDefault, ...own };
}

function readTags(tags: unknown): Record<string, string> | undefined {
  if (!isObject(tags)) return undefined;
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags)) {
    const text = asText(value);
    if (hasUnknown(key) || text === undefined) return undefined;
    found[key.toLowerCase()] = text;
  }
  return found;
}
