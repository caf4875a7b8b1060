/** Z3, the theorem prover of Microsoft Research, as the package `z3-solver` ships it: compiled to WebAssembly. */
import { init } from "z3-solver";

export type Answer = "sat" | "unsat" | "unknown";

/** Work that one system may cost, in Z3's own unit. Unlike a time limit, it is the same on every machine. */
const MOST_WORK = 10_000;

/**
 * Whether each system of assertions can be satisfied.
 *
 * @param systems declarations and assertions in SMT-LIB 2.6
 */
export async function solve(systems: readonly string[]): Promise<readonly Answer[]> {
  const { Z3, em } = await init();
  try {
    const context = Z3.mk_context(Z3.mk_config());
    const solver = Z3.mk_simple_solver(context);
    Z3.solver_inc_ref(context, solver);
    const limits = Z3.mk_params(context);
    Z3.params_inc_ref(context, limits);
    Z3.params_set_uint(context, limits, Z3.mk_string_symbol(context, "rlimit"), MOST_WORK);
    Z3.solver_set_params(context, solver, limits);
    // Its own wrapper starts a thread for each question, which takes longer than most answers.
    const check = em._Z3_solver_check as (context: unknown, solver: unknown) => number;
    const answers: Answer[] = [];
    for (const system of systems) {
      Z3.solver_reset(context, solver);
      Z3.solver_from_string(context, solver, system);
      const error = Z3.get_error_code(context);
      if (error !== 0) throw new Error(`z3 cannot read a system: ${Z3.get_error_msg(context, error)}\n${system}`);
      answers.push(ANSWERS.get(check(context, solver))!);
    }
    return answers;
  } finally {
    // Its threads would keep the process alive.
    em.PThread.terminateAllThreads();
  }
}

const ANSWERS: ReadonlyMap<number, Answer> = new Map([
  [1, "sat"],
  [0, "unknown"],
  [-1, "unsat"],
]);
