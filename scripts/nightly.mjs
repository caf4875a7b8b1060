// The random tests of the prover, many times over and on other systems than `npm test`: `node scripts/nightly.mjs [RUNS] [SEED]`.
import { ensureInstalled, run } from "./setup.mjs";

const MS_A_DAY = 86_400_000;

const [runs = "100000", seed = String(Math.floor(Date.now() / MS_A_DAY))] = process.argv.slice(2);
ensureInstalled();
console.log(`${runs} systems, seed ${seed}`);
run("vitest", ["run", "test/access"], { env: { ACCESS_RUNS: runs, ACCESS_SEED: seed } });
