import { Reference } from "../expression/value";
import { attributeOf } from "../resources/attributes";
import type { Instance } from "../resources/inventory";

/** `aws_s3_bucket.x` or one of its instances, with the attributes as members. */
export class ResourceReference extends Reference {
  public readonly name: string;

  public constructor(private readonly instance: Instance) {
    super();
    this.name = instance.address;
  }

  public member(key: string | number): unknown {
    // Terraform rejects `x[0]` of a resource without `count`, but it can only mean the single instance.
    return key === 0 ? this : attributeOf(this.instance, String(key));
  }
}
