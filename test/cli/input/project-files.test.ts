/** Which files expressions may read, and what `check` says of links and folders beside the files that it reads. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectFiles } from "../../../cli/input";
import { cli, folder } from "../run-program";

const files = { "root/main.tf": "", "root/policies/a.json": "{}", "root/policies/deep/b.json": "[]", "outside.json": "secret" };

/** What may be read in `root`, where files are linked to from inside. */
function project(links: Readonly<Record<string, string>> = {}) {
  const path = folder(files);
  for (const [name, target] of Object.entries(links)) symlinkSync(join(path, target), join(path, "root", name));
  return { path: (name: string) => join(path, "root", name), readable: projectFiles([join(path, "root")], []) };
}

describe("functions read", () => {
  test("files below the folder that is checked, and through links that stay there", () => {
    const { path, readable } = project({ "link.json": "root/policies/a.json" });

    for (const name of ["policies/a.json", "link.json"]) {
      const file = readable.read(path(name));
      expect("bytes" in file && new TextDecoder().decode(file.bytes)).toBe("{}");
    }
  });

  test.each(["../outside.json", "link.json", "../missing.json", "linked/missing.json"])("nothing outside of it, such as %s", (name) => {
    const { path, readable } = project({ "link.json": "outside.json", linked: "." });

    expect(readable.read(path(name))).toEqual({
      problem: `${path(name)} is outside the folders that are checked; give the folder that holds both`,
      isMissing: false,
    });
  });

  test("neither missing files nor folders", () => {
    const { path, readable } = project();

    expect(readable.read(path("x.json"))).toEqual({ problem: `there is no file ${path("x.json")}`, isMissing: true });
    expect(readable.read(path("policies"))).toEqual({ problem: `${path("policies")} is a folder`, isMissing: true });
  });

  test("no larger files than a policy or template can be", () => {
    const { path, readable } = project();
    writeFileSync(path("large.json"), " ".repeat(2_000_001));

    expect(readable.read(path("large.json"))).toEqual({ problem: `${path("large.json")} is larger than 2000000 bytes`, isMissing: false });
  });

  test("the names of files as deep as they are asked for, unless a link stands among them", () => {
    const { path, readable } = project();
    const linked = project({ "policies/link": "." });

    expect(readable.list(path("policies"), 1)).toEqual(["a.json"]);
    expect(readable.list(path("policies"), 2)).toEqual(["a.json", "deep/b.json"]);
    expect(readable.list(path(".."), 1)).toBeUndefined();
    expect(linked.readable.list(linked.path("policies"), 1)).toBeUndefined();
  });
});

describe("check", () => {
  const main = { "root/main.tf.json": { resource: { aws_s3_bucket: { b: { bucket: "b" } } } }, "other/x.tf.json": { locals: {} } };
  const noteOf = async (path: string) => (await cli("check", "--vendor", "6sense", "--vendor-role-arn", ROLE, path)).out;
  const ROLE = "arn:aws:iam::222222222222:role/x";

  test("says that the files behind a link to a folder were not read", async () => {
    const path = folder(main);
    symlinkSync(join(path, "other"), join(path, "root/link"));

    expect(await noteOf(join(path, "root"))).toContain(`${join(path, "root/link/x.tf.json")} was not read`);
  });

  test("does not take a folder for a file", async () => {
    const path = folder(main);
    mkdirSync(join(path, "root/x.tf"));

    expect(await noteOf(join(path, "root"))).not.toContain("was not read");
  });
});
