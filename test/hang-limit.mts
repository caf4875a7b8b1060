/** A test that takes longer hangs. It is no budget: on a machine that does sixteen other things, tests take as long as they take. */
const HANG_MS = Number(process.env.TEST_HANG_MS ?? 1_800_000);

export const HANG_LIMIT = { testTimeout: HANG_MS, hookTimeout: HANG_MS };
