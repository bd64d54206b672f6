import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseFunctionName } from "./names.ts";

const parse = (text: string, asked?: string): string => {
  const { name, qualifier } = parseFunctionName(text, asked);
  return `${name} ${qualifier ?? "-"}`;
};

test("every form of a name gives name and qualifier", () => {
  const arn = "arn:aws:lambda:eu-central-1:123456789012:function:my-Fn_1";
  assert.equal(["my-Fn_1", "my-Fn_1:2", "function:my-Fn_1", "123456789012:function:my-Fn_1:live", arn, `${arn}:$LATEST`, "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:my-Fn_1"].map((text) => parse(text)),
    ["my-Fn_1 -", "my-Fn_1 2", "my-Fn_1 -", "my-Fn_1 live", "my-Fn_1 -", "my-Fn_1 $LATEST", "my-Fn_1 -"]);
  assert.equal([parse("f", "3"), parse("f:3", "3")], ["f 3", "f 3"]);
});

test("what is no name is refused", () => {
  for (const text of ["", "a b", "a/b", "é", "f:", "f:1:2", "x".repeat(65), "arn:aws:s3:::bucket", "arn:aws:lambda:eu-central-1:1:function:f", "../f"]) assert.throws(() => parse(text), /ValidationException|1 validation error detected/);
  assert.throws(() => parse("f:1", "2"), /does not match the specified qualifier/);
});

test.run();
