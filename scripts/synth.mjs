// Synthesises the examples into cdktf.out (or CDKTF_OUTDIR, which the CDK for Terraform CLI sets).
import { ensureBuilt } from "./build.mjs";
import { compile, run } from "./setup.mjs";

ensureBuilt();
run("node", [await compile("examples/main.ts", "examples")]);
