/** The values of an example, and the user's values that replace them. */

/** The vendors that `init` knows, by the ID of the profile. */
export const INIT_VENDORS = ["kandji", "6sense"] as const;
export type InitVendor = (typeof INIT_VENDORS)[number];

/** The values that differ from customer to customer. */
export interface InitValues {
  readonly bucket: string;
  readonly region: string;
  readonly vendorAccountId: string;
  /** Name of the vendor's role, with its path where it has one. */
  readonly vendorRoleName: string;
}

/** As `examples` has them. */
export const EXAMPLE_VALUES: Readonly<Record<InitVendor, InitValues>> = {
  kandji: {
    bucket: "acme-kandji-activity",
    region: "eu-central-1",
    vendorAccountId: "222222222222",
    vendorRoleName: "kandji-activity",
  },
  "6sense": {
    bucket: "acme.6sense.staging",
    region: "eu-west-1",
    vendorAccountId: "222222222222",
    vendorRoleName: "6sense-common",
  },
};

/** What a new project has where the user gives nothing. A name with a dot would greet its user with a warning. */
export function defaultValues(vendor: InitVendor): InitValues {
  const values = EXAMPLE_VALUES[vendor];
  return { ...values, bucket: values.bucket.replaceAll(".", "-") };
}

/** The text of an example with the user's values. The name of a role may be a part of the bucket's name, so all are replaced at once. */
export function withValues(text: string, vendor: InitVendor, values: InitValues): string {
  const example = EXAMPLE_VALUES[vendor];
  const names = (Object.keys(example) as (keyof InitValues)[]).sort((a, b) => example[b].length - example[a].length);
  const pattern = new RegExp(names.map((name) => example[name].replaceAll(".", "\\.")).join("|"), "g");
  return text.replace(pattern, (found) => values[names.find((name) => example[name] === found)!]);
}
