import { substituteDefaultAccount, substituteOwnAccount } from "../contract";
import type { AccountModel } from "../plan";
import { hasUnknown } from "../unknown";

/**
 * The model with the account that the user gives. If the model has several unknown accounts, it is the account of the credentials from the
 * environment.
 */
export function withAccount<Model extends AccountModel>(model: Model, account: string | undefined): Model {
  if (account === undefined) return model;
  const unknown = new Set([...model.buckets, ...model.roles].map((resource) => resource.account ?? "").filter(hasUnknown));
  return unknown.size > 1 ? substituteDefaultAccount(model, account) : substituteOwnAccount(model, account);
}
