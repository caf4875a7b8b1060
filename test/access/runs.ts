/** How many random systems, and which: the same ones on every run, unless `npm run test:nightly` asks for others. */

export const RUNS = Number(process.env.ACCESS_RUNS ?? 5_000);
export const SEED = Number(process.env.ACCESS_SEED ?? 20_260_926);
