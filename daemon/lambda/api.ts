/** The Lambda API over HTTP: paths to actions, and errors in AWS's shapes. */
import { GatewayError } from "../errors.ts";
import { errorResponse, LambdaError } from "./error.ts";
import { invoke, invokeAsync } from "./invoke.ts";
import type { Lambda } from "./lambda.ts";
import {
  createFunction, deleteFunction, getFunction, getFunctionConfiguration, listFunctions, type Operation, updateFunctionCode, updateFunctionConfiguration,
} from "./operations.ts";

/** Clients of different ages end collections with a slash or do not. */
const ROUTES: readonly (readonly [method: string, path: RegExp, operation: Operation])[] = [
  ["POST", /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, invoke],
  ["GET", /^\/2015-03-31\/functions\/?$/, listFunctions],
  ["POST", /^\/2015-03-31\/functions\/?$/, createFunction],
  ["GET", /^\/2015-03-31\/functions\/([^/]+)$/, getFunction],
  ["DELETE", /^\/2015-03-31\/functions\/([^/]+)$/, deleteFunction],
  ["GET", /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, getFunctionConfiguration],
  ["PUT", /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, updateFunctionConfiguration],
  ["PUT", /^\/2015-03-31\/functions\/([^/]+)\/code$/, updateFunctionCode],
  ["POST", /^\/2014-11-13\/functions\/([^/]+)\/invoke-async\/?$/, invokeAsync],
];
const ACTIONS = "CreateFunction, GetFunction, GetFunctionConfiguration, ListFunctions, UpdateFunctionCode, UpdateFunctionConfiguration, DeleteFunction, Invoke and InvokeAsync";

/** Answers requests whose paths begin with a date of the Lambda API. Rejects only for what nobody foresaw. */
export function createLambdaApi(lambda: Lambda): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = lambda.functions.newId();
    try {
      const { path, query } = splitUrl(request.url);
      for (const [method, pattern, operation] of ROUTES) {
        const match = method === request.method ? pattern.exec(path) : null;
        if (match) return await operation({ lambda, request, requestId, target: decode(match[1] ?? ""), query: new URLSearchParams(query) });
      }
      throw new LambdaError("NotImplementedException", `This gateway has no Lambda action behind ${request.method} ${path}. It has ${ACTIONS}.`);
    } catch (thrown) {
      const response = errorResponse(thrown, requestId);
      if (response) return response;
      throw thrown;
    }
  };
}

/** The zip that GetFunction's Code.Location names; the gateway serves it under `/_nanolambda/code/`. @throws GatewayError 6404 */
export function codeResponse(lambda: Lambda, path: string): Response {
  const zip = lambda.codeAt(path);
  if (!zip) throw new GatewayError(6404, "No function has this code any more; ask GetFunction again.");
  return new Response(zip as BodyInit, { headers: { "content-type": "application/zip", "content-length": String(zip.length) } });
}

/** Quicker than `new URL`, and Invoke comes by here. */
function splitUrl(url: string): { path: string; query: string } {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.indexOf("?", start);
  return end < 0 ? { path: url.slice(start), query: "" } : { path: url.slice(start, end), query: url.slice(end + 1) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
