/** The access matrix: who can do what, as far as the contract asks. */
import type { Actor, Result } from "../../../lib/contract";

/** The request that an expectation is about. */
export interface CheckedRequest {
  readonly actor: Actor;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** A result, offline or live. Only a result with a request has a cell in the matrix. */
export type AskedResult = Result & { readonly request?: CheckedRequest };

export interface Matrix {
  readonly columns: readonly { readonly actor: Actor; readonly title: string }[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly (Cell | undefined)[] }[];
}

export interface Cell {
  readonly answer: "can" | "cannot" | "some" | "?" | "not asked";
  readonly outcome: Result["outcome"];
  readonly evidence?: Result["evidence"];
  /** For `some`: which requests, or by whom. For an answer that is not known of every request: why. */
  readonly words?: readonly string[];
}

/** Supplies cells in addition to those of the contract, or in their place. */
export type CellSource = (request: CheckedRequest, asked: Cell | undefined) => Cell | undefined;

const TITLES: Readonly<Record<Actor, string>> = {
  vendor: "vendor",
  vendorWithoutExternalId: "vendor without external ID",
  strangerInVendorAccount: "others in its account",
  strangerAccount: "other accounts",
  anonymous: "anybody",
};
const ACTORS = Object.keys(TITLES) as Actor[];

/** @param cellOf fills cells; without it, a cell that nobody asked about is undefined */
export function matrixOf(results: readonly AskedResult[], cellOf: CellSource = (_, asked) => asked): Matrix {
  const rows = new Map<string, { title: string; request: CheckedRequest; cells: Map<Actor, Cell> }>();
  for (const { request, title, expected, outcome, evidence } of results) {
    if (request === undefined) continue;
    const { actor, action, resource, context } = request;
    const key = JSON.stringify([action, resource, context]);
    const row = rows.get(key) ?? { title: withoutActor(title), request, cells: new Map<Actor, Cell>() };
    rows.set(key, row);
    row.cells.set(actor, { answer: answerOf(expected, outcome), outcome, ...(evidence && { evidence }) });
  }
  const columns = ACTORS.filter((actor) => [...rows.values()].some(({ cells }) => cells.has(actor)));
  return {
    columns: columns.map((actor) => ({ actor, title: TITLES[actor] })),
    rows: [...rows.values()].map(({ title, request, cells }) => ({
      title,
      cells: columns.map((actor) => cellOf({ ...request, actor }, cells.get(actor))),
    })),
  };
}

function answerOf(expected: string, outcome: Result["outcome"]): Cell["answer"] {
  if (outcome === "unknown") return "?";
  return (expected === "allowed") === (outcome === "pass") ? "can" : "cannot";
}

/** `the vendor cannot put an object over plain HTTP`: what follows `can` or `cannot`. */
function withoutActor(title: string): string {
  return /^.*? (?:cannot|can) (.*)$/.exec(title)?.[1] ?? title;
}
