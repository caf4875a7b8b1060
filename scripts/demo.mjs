// The main job, shown from end to end: synthesize, check, deploy, deliver, validate, tear down. Installs what it needs.
import { ensureBuilt } from "./build.mjs";
import { run } from "./setup.mjs";

ensureBuilt();
run("tsx", ["examples/main.ts"]);
run("tsx", ["scripts/demo/main.ts"]);
