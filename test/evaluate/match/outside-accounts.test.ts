import { expect, it } from "vitest";
import { OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME, outsiderPartsIn } from "../../../lib/evaluate/match/outside-accounts";
import { unknownText } from "../../../lib/unknown";

const [ACCOUNT] = OUTSIDE_ACCOUNTS as [string];

it("the characters of an outsider's account and role name are found", () => {
  const parts = outsiderPartsIn([..."a:", ...ACCOUNT, ":", ...OUTSIDE_ROLE_NAME]);

  expect(parts.filter((part) => part === "account")).toHaveLength(12);
  expect(parts.filter((part) => part === "name")).toHaveLength(OUTSIDE_ROLE_NAME.length);
  expect(parts[0]).toBeUndefined();
});

it.each([
  ["a digit", "1"],
  ["a placeholder, which may hold digits,", unknownText("var.account")],
])("%s beside an account makes it another number", (_, neighbour) => {
  expect(outsiderPartsIn([neighbour, ...ACCOUNT])).toEqual([]);
  expect(outsiderPartsIn([...ACCOUNT, neighbour])).toEqual([]);
});
