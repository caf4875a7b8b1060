import { expect, test } from "vitest";
import { allowSslRequestsOnly, allowVendorToAssume, denyTlsBelow } from "../../lib/policy/statements";
import { allowSslRequestsOnly as published } from "./ssl-statement";

test("plain HTTP is refused by the Sid and the string that AWS publishes", () => {
  expect(allowSslRequestsOnly("arn:aws:s3:::b")).toEqual(published("arn:aws:s3:::b"));
});

test("old TLS is refused by a statement beside it", () => {
  expect(denyTlsBelow("arn:aws:s3:::b", "1.3")).toMatchObject({
    Effect: "Deny",
    Condition: { NumericLessThan: { "s3:TlsVersion": "1.3" } },
  });
});

test("the vendor is trusted without a condition where it sends no external ID", () => {
  expect(allowVendorToAssume(["arn:aws:iam::222222222222:role/x"], [])).not.toHaveProperty("Condition");
});

test("the vendor is trusted with one of its external IDs only", () => {
  expect(allowVendorToAssume(["arn:aws:iam::222222222222:role/x"], ["a1", "b2"]).Condition).toEqual({
    StringEquals: { "sts:ExternalId": ["a1", "b2"] },
  });
});
