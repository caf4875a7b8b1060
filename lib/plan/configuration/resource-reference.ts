import { Reference } from "../expression/value";
import { attributeOf } from "../resources/attributes";
import type { Instance } from "../resources/inventory";
import { markArgument } from "../values/blocks";

/** `aws_s3_bucket.x` or one of its instances, with the attributes as members. */
export class ResourceReference extends Reference {
  public readonly name: string;

  public constructor(private readonly instance: Instance) {
    super();
    this.name = instance.address;
  }

  public member(key: string | number): unknown {
    // Terraform rejects `x[0]` of a resource without `count`, but it can only mean the single instance.
    if (key === 0) return this;
    const value = attributeOf(this.instance, String(key));
    markArgument(value, `${this.name}.${key}`);
    return value;
  }
}
