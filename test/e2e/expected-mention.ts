/** What a report must mention for a mutant: the statement, the setting or the principal that was changed. */
import type { Mutant } from "../mutants/mutant";

/** If a mutant removes its statement, or the statement no longer decides, the report names the policy instead. */
const PLACES: Readonly<Record<string, string>> = { bucket: "bucket policy|resource", trust: "trust", role: "role|identity|inline" };

/** Settings, by the words of the mutant's name. */
const SETTINGS: readonly [RegExp, RegExp][] = [
  [/block_public_acls/, /BlockPublicAcls|block-public-acls/i],
  [/ignore_public_acls/, /IgnorePublicAcls|ignore-public-acls/i],
  [/block_public_policy/, /BlockPublicPolicy|block-public-policy/i],
  [/restrict_public_buckets/, /RestrictPublicBuckets|restrict-public-buckets/i],
  [/Block Public Access/, /block-?public/i],
  [/(the|second) bucket policy/, /bucket policy|ssl|http/i],
  [/the role's policy/, /identity|inline|role/i],
  [/encryption/, /encryption|KMS|bucket key/i],
  [/bucket key/, /bucket-?key|bucket key/i],
  [/versioning/, /versioning/i],
  [/Object Lock/, /object-?lock|object lock/i],
  [/ObjectWriter|ACLs|Object Ownership/, /ownership/i],
  [/region/, /region/],
  [/bucket name/, /bucket-exists/],
  [/second policy of the role/, /inline policy more/i],
  [/managed policy/, /managed policy/i],
  [/boundary/, /boundary/i],
];

export function expectedMention({ name, kind }: Mutant): RegExp {
  const [, place, sid] = /^(\w+) policy, (\w+): /.exec(name) ?? [];
  if (place !== undefined && sid !== undefined) return new RegExp(kind === "removed" ? PLACES[place]! : `${sid}|${PLACES[place]}`, "i");
  const [, added] = /^(\w+) policy: /.exec(name) ?? [];
  if (kind === "added" && added !== undefined) return new RegExp(PLACES[added]!, "i");
  const setting = SETTINGS.find(([words]) => words.test(name));
  if (!setting) throw new Error(`no mention is defined for the mutant ${name}`);
  return setting[1];
}
