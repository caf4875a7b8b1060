/** Finds the policies of the input that may grant access to somebody, by the principals that their Allow statements name. */
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { hasUnknown } from "../../unknown";
import { entriesOf, oneOrMore, type Statement, statementsIn } from "../documents";

export class PrincipalIndex<Item> {
  private readonly byName = new Map<string, Set<Item>>();

  /** @param isLeftOut statements to ignore */
  public constructor(
    items: readonly Item[],
    documentsOf: (item: Item) => readonly unknown[],
    isLeftOut: (statement: Statement) => boolean = () => false,
  ) {
    for (const item of items)
      for (const name of new Set(documentsOf(item).flatMap((document) => namesIn(document, isLeftOut)))) {
        const known = this.byName.get(name);
        if (known === undefined) this.byName.set(name, new Set([item]));
        else known.add(item);
      }
  }

  /**
   * The items that may grant access to one of the callers.
   *
   * @param callers ARNs of principals, or accounts
   * @param isDelegated whether a policy that names the caller's account is enough, because the caller's own policies may allow the rest
   */
  public letting(callers: readonly string[], isDelegated: boolean): Item[] {
    const names = [ANYBODY, ...callers.flatMap((caller) => namesOf(caller, isDelegated))];
    return [...new Set(names.flatMap((name) => [...(this.byName.get(name) ?? [])]))];
  }
}

/** Stands for a principal that the text does not identify. */
const ANYBODY = "*";

/** What a policy may write for the caller: any principal of the account if the caller is a whole account. */
function namesOf(caller: string, isDelegated: boolean): string[] {
  const account = accountOf(caller);
  if (account === undefined) return [];
  const name = nameIn(caller);
  if (name === undefined) return [principalsOf(account)];
  // If an account is unknown, the policy may mean a principal of this name.
  const named = account === OWN_ACCOUNT ? [name] : [`${account} ${name}`, `${OWN_ACCOUNT} ${name}`];
  return isDelegated ? [account, ...named] : named;
}

/** The names under which a document is found. */
function namesIn(document: unknown, isLeftOut: (statement: Statement) => boolean): string[] {
  if (typeof document !== "object" || document === null) return [ANYBODY];
  return statementsIn(document).flatMap((statement) => {
    const { Effect, Principal } = statement;
    if (Effect === "Deny" || isLeftOut(statement)) return [];
    if (Principal === undefined || typeof Principal === "string") return [ANYBODY];
    return entriesOf(Principal).flatMap(([type, values]) => (type === "AWS" ? oneOrMore(values).flatMap(namesOfPrincipal) : []));
  });
}

function namesOfPrincipal(value: unknown): string[] {
  const text = substituteOwnAccount(String(value));
  const account = accountOf(text);
  const name = nameIn(text);
  if (account === undefined || hasUnknown(text)) return [ANYBODY];
  return [principalsOf(account), ...(name === undefined ? [account] : [`${account} ${name}`, name])];
}

function principalsOf(account: string): string {
  return `principals of ${account}`;
}

/** The role or user that an ARN names, without its path and session; undefined for a whole account. */
function nameIn(arn: string): string | undefined {
  const [, type, rest] = /^arn:[^:]*:(?:iam|sts)::[^:]*:([\w-]+)\/(.*)$/s.exec(arn) ?? [];
  if (rest === undefined) return undefined;
  return type === "assumed-role" ? rest.split("/")[0] : rest.split("/").at(-1);
}
