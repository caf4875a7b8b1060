// Synthesizes the examples into cdktf.out (or CDKTF_OUTDIR, which the CDK for Terraform CLI sets).
import { ensureBuilt } from "./build.mjs";
import { run } from "./setup.mjs";

ensureBuilt();
run("tsx", ["examples/main.ts"]);
