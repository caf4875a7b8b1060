// Every mutant and every fault; `npm test` takes a part of each kind.
import { ensureBuilt } from "./build.mjs";
import { run } from "./setup.mjs";

const env = { CASES: "all" };
ensureBuilt();
run("vitest", ["run", "test/cli/faults"], { env });
run("vitest", ["run", "--config", "vitest.e2e.config.mts", "test/e2e/faults.test.ts", "test/e2e/mutants.test.ts"], { env });
