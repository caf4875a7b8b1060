import type { Attributes } from "./synthesized";

/** Which resources wait for which, as Terraform finds out: `depends_on`, and every reference in an argument. */
export class DependencyGraph {
  private readonly dependencies = new Map<string, Set<string>>();

  public constructor(json: Attributes) {
    for (const [type, resources] of Object.entries<Attributes>(json.resource)) {
      for (const name of Object.keys(resources)) this.dependencies.set(`${type}.${name}`, new Set());
    }
    for (const [address, found] of this.dependencies) {
      const [type, name] = address.split(".") as [string, string];
      const text = JSON.stringify(json.resource[type][name]);
      for (const other of this.dependencies.keys()) if (other !== address && text.includes(other)) found.add(other);
    }
  }

  public get addresses(): string[] {
    return [...this.dependencies.keys()];
  }

  /** Whether one waits for the other, over however many steps. */
  public waitsFor(one: string, other: string, seen = new Set<string>()): boolean {
    for (const dependency of this.dependencies.get(one) ?? []) {
      if (dependency === other) return true;
      if (seen.has(dependency)) continue;
      seen.add(dependency);
      if (this.waitsFor(dependency, other, seen)) return true;
    }
    return false;
  }

  /** Pairs out of these that may be worked on at the same time. */
  public concurrent(addresses: readonly string[]): [string, string][] {
    return addresses.flatMap((one, index) =>
      addresses
        .slice(index + 1)
        .filter((other) => !this.waitsFor(one, other) && !this.waitsFor(other, one))
        .map((other): [string, string] => [one, other]),
    );
  }
}
