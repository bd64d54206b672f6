/** Invoke (AWS: "Lambda API Reference, Invoke"), the path that must be quick. */
import { isUtf8 } from "node:buffer";
import { CLIENT_CONTEXT_BYTES_MAX, INVOKE_EVENT_BYTES_MAX, INVOKE_PAYLOAD_BYTES_MAX, LOG_TAIL_BYTES_MAX } from "../limits.ts";
import { LambdaError } from "./error.ts";
import { answer, functionOf, type Operation } from "./operations.ts";

const TYPES = ["RequestResponse", "Event", "DryRun"];

export const invoke: Operation = async (call) => {
  const { lambda, request, requestId } = call;
  const record = functionOf(call);
  const type = request.headers.get("x-amz-invocation-type") ?? "RequestResponse";
  if (!TYPES.includes(type)) {
    throw new LambdaError("ValidationException", `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [${TYPES.join(", ")}]`);
  }
  const event = await readEvent(request, type === "Event" ? INVOKE_EVENT_BYTES_MAX : INVOKE_PAYLOAD_BYTES_MAX);
  const clientContext = readClientContext(request.headers.get("x-amz-client-context"));
  if (type === "DryRun") return answer(call, 204);
  if (type === "Event") {
    parseEvent(event);
    await lambda.events.add(record, { event, requestId, clientContext });
    return answer(call, 202);
  }
  const result = await lambda.invocations.runAndCommit(record, { event, requestId, clientContext });
  if (result.payload === undefined) {
    parseEvent(event);
    throw notJson("it is not JSON");
  }
  const headers: Record<string, string> = { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amz-executed-version": "$LATEST" };
  if (result.functionError) headers["x-amz-function-error"] = result.functionError;
  if (request.headers.get("x-amz-log-type") === "Tail") headers["x-amz-log-result"] = Buffer.from(result.logText).subarray(-LOG_TAIL_BYTES_MAX).toString("base64");
  return new Response(result.payload, { status: 200, headers });
};

/** InvokeAsync, which AWS keeps for old clients. */
export const invokeAsync: Operation = async (call) => {
  const event = await readEvent(call.request, INVOKE_EVENT_BYTES_MAX);
  parseEvent(event);
  await call.lambda.events.add(functionOf(call), { event, requestId: call.requestId });
  return answer(call, 202, { Status: 202 });
};

async function readEvent(request: Request, bytesMax: number): Promise<string> {
  const tooLarge = (): LambdaError => new LambdaError("RequestTooLargeException", `Request must be smaller than ${bytesMax} bytes for the InvokeFunction operation`);
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge();
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length > bytesMax) throw tooLarge();
  if (body.length === 0) return "{}";
  if (!isUtf8(body)) throw notJson("Invalid UTF-8");
  return Buffer.from(body.buffer, body.byteOffset, body.length).toString();
}

/** Says why a text is not JSON. @throws LambdaError InvalidRequestContentException */
function parseEvent(event: string): void {
  try {
    JSON.parse(event);
  } catch (cause) {
    throw notJson(cause instanceof Error ? cause.message : String(cause));
  }
}

function notJson(why: string): LambdaError {
  return new LambdaError("InvalidRequestContentException", `Could not parse request body into json: ${why}`);
}

function readClientContext(header: string | null): string {
  if (header === null || header === "") return "";
  const text = Buffer.from(header, "base64").toString();
  try {
    if (header.length <= CLIENT_CONTEXT_BYTES_MAX && typeof JSON.parse(text) === "object") return text;
  } catch {
    // answered below
  }
  throw new LambdaError("InvalidRequestContentException", `Client context must be a valid Base64-encoded JSON object of at most ${CLIENT_CONTEXT_BYTES_MAX} bytes.`);
}
