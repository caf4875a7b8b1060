/** The tags of a role, which its sessions have as `aws:PrincipalTag`. */
import { isObject } from "../../json";
import { hasUnknown } from "../../unknown";
import { asText } from "../expression/value";
import type { Instance } from "../resources/inventory";

/** The tags with their keys in lower case, those of the provider's `default_tags` included; undefined where some are not known. */
export function tagsOf(role: Instance): Readonly<Record<string, string>> | undefined {
  const all = role.get("tags_all");
  // A plan and a state show the result.
  if (isObject(all)) return readTags(all);
  const defaults = role.provider.defaultTags ?? undefined;
  const given = role.get("tags") ?? undefined;
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
