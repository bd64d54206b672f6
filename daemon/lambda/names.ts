/** The forms in which a function is named: `f`, `f:1`, `function:f`, `000000000000:function:f`, and ARNs (AWS: "FunctionName" of every action). */
import { LambdaError } from "./error.ts";

export interface FunctionReference {
  readonly name: string;
  /** A version or an alias; undefined when the reference has none. */
  readonly qualifier: string | undefined;
}

const PATTERN = /^(?:arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\d{12}:function:|(?:(?:[a-z]{2}(?:-[a-z]+)+-\d:)?\d{12}:)?function:)?(?<name>[a-zA-Z0-9_-]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9_-]{1,128}))?$/;
/** AWS's own pattern, as its messages print it. */
const PRINTED = "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";

/**
 * Reads a function's name as it stands in a path or a body.
 * @param asked the Qualifier parameter of the request
 * @throws LambdaError ValidationException, InvalidParameterValueException when two qualifiers differ
 */
export function parseFunctionName(text: string, asked?: string | null): FunctionReference {
  const match = PATTERN.exec(text);
  if (!match?.groups || text.length > 140) {
    throw new LambdaError("ValidationException", `1 validation error detected: Value '${text.slice(0, 200)}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${PRINTED}`);
  }
  const { name = "", qualifier } = match.groups;
  if (asked && qualifier !== undefined && asked !== qualifier) {
    throw new LambdaError("InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier.");
  }
  return { name, qualifier: asked ?? qualifier };
}
