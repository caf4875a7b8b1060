import { brokenProp } from "../props";
import { ObjectOwnership } from "./bucket-settings";
import { type VendorPermissionSet, VendorPermissions } from "./permissions";
import { readProfileJson } from "./profile-json";
import { PROFILE_RULES } from "./profile-rules";
import type { VendorProfileProps } from "./vendor-profile-props";

/**
 * What one vendor documents: permissions, settings, regions, cadence, each with its source.
 *
 * A further vendor is one more profile. Nothing in it is guessed.
 *
 * @example
 * import { VendorAccessMethod, VendorProfile } from "cdktf-vendor-destination";
 *
 * const profile = VendorProfile.of({
 *   id: "acme-logs",
 *   vendorName: "Acme",
 *   product: "Log delivery",
 *   documentation: "https://docs.example.com/s3",
 *   accessMethods: [VendorAccessMethod.BUCKET_POLICY],
 *   documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
 *   facts: [{ fact: "PutObject is all that Acme needs", source: "https://docs.example.com/s3" }],
 * });
 */
export class VendorProfile {
  /** Defines a profile. */
  public static of(props: VendorProfileProps): VendorProfile {
    const error = brokenProp({ rules: PROFILE_RULES, props, at: "" });
    if (error) throw error;
    return new VendorProfile(props);
  }

  /**
   * Makes a profile of parsed JSON, for example of a file that other tools share: `schemas/vendor-profile.schema.json` describes it.
   *
   * It is stricter than `of`, since no compiler has seen the JSON: an unknown member, and an action that Amazon S3 does not have on that
   * level, are errors.
   *
   * @param json the members of `VendorProfileProps`, as data: in TypeScript `JSON.parse(readFileSync("acme.json", "utf8"))`.
   */
  public static fromJson(json: any): VendorProfile {
    return VendorProfile._fromJson(json, "");
  }

  /** @param at - file that holds the JSON, for error messages. @internal */
  public static _fromJson(json: unknown, at: string): VendorProfile {
    return new VendorProfile(readProfileJson(json, at));
  }

  /** What the vendor documents. */
  public readonly facts: VendorProfileProps;

  private constructor(props: VendorProfileProps) {
    this.facts = props;
  }

  /** The actions of a grant. */
  public permissionSet(permissions: VendorPermissions): VendorPermissionSet {
    const { documentedPermissions, leastPermissions } = this.facts;
    return permissions === VendorPermissions.LEAST_PRIVILEGE ? (leastPermissions ?? documentedPermissions) : documentedPermissions;
  }

  /** What the vendor does when it delivers or tests the connection. */
  public get exercised(): VendorPermissionSet {
    const { documentedPermissions, exercisedPermissions } = this.facts;
    const named = (actions: string[]) => actions.filter((action) => !action.includes("*"));
    return (
      exercisedPermissions ?? {
        bucketActions: named(documentedPermissions.bucketActions),
        objectActions: named(documentedPermissions.objectActions),
      }
    );
  }

  /** Object Ownership under which the vendor's requests work. */
  public get requiredOwnership(): ObjectOwnership | undefined {
    const namesAcl = this.facts.documentedPermissions.objectActions.includes("s3:PutObjectAcl");
    return this.facts.objectOwnership ?? (namesAcl ? ObjectOwnership.BUCKET_OWNER_PREFERRED : undefined);
  }
}
