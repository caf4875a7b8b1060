// The random tests of the prover, many times over and on other systems than `npm test`: `node scripts/nightly.mjs [RUNS] [SEED]`.
import { ensureInstalled, run } from "./setup.mjs";

const MS_A_DAY = 86_400_000;
/** One test judges all systems, which takes an hour and a half where nothing else may be disturbed. */
const HANG_MS = 6 * 3_600_000;

const [runs = "100000", seed = String(Math.floor(Date.now() / MS_A_DAY))] = process.argv.slice(2);
ensureInstalled();
console.log(`${runs} systems, seed ${seed}`);
run("vitest", ["run", "test/access"], { env: { ACCESS_RUNS: runs, ACCESS_SEED: seed, TEST_HANG_MS: String(HANG_MS) } });
