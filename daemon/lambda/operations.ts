/** The actions on functions (AWS: "Lambda API Reference"). Invoke is in invoke.ts. */
import { LIST_FUNCTIONS_MAX } from "../limits.ts";
import { readCode } from "./code.ts";
import { configurationOf } from "./configuration.ts";
import { LambdaError } from "./error.ts";
import { checkRevision, type FunctionRecord, type FunctionSettings, type NewCode } from "./functions.ts";
import { codePath, DEFAULT_SETTINGS, type Lambda } from "./lambda.ts";
import { parseFunctionName } from "./names.ts";
import { type ConfigurationRequest, createFunctionRequest, readRequest, refuseUnsupported, updateCodeRequest, updateConfigurationRequest } from "./requests.ts";

/** A request that was routed. */
export interface LambdaCall {
  readonly lambda: Lambda;
  readonly request: Request;
  readonly requestId: string;
  /** The path's part that names the function, decoded; "" where there is none. */
  readonly target: string;
  readonly query: URLSearchParams;
}

export type Operation = (call: LambdaCall) => Promise<Response>;

/** An answer in JSON. */
export function answer(call: LambdaCall, status: number, body?: object): Response {
  const headers = { "x-amzn-requestid": call.requestId, ...(body ? { "content-type": "application/json" } : {}) };
  return new Response(body ? JSON.stringify(body) : null, { status, headers });
}

/** The function that a call is about. @throws LambdaError ResourceNotFoundException, ValidationException */
export function functionOf(call: LambdaCall): FunctionRecord {
  const { name, qualifier } = parseFunctionName(call.target, call.query.get("Qualifier"));
  return call.lambda.functions.get(name, qualifier);
}

export const createFunction: Operation = async (call) => {
  const { lambda, request } = call;
  const body = await readRequest(request, createFunctionRequest);
  refuseUnsupported({ ...body, ImageUri: body.Code.ImageUri });
  const { name } = parseFunctionName(body.FunctionName);
  const { Runtime: runtime, Handler: handler } = body;
  if (runtime === undefined || handler === undefined) throw new LambdaError("InvalidParameterValueException", "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
  if (lambda.functions.find(name)) throw new LambdaError("ResourceConflictException", `Function already exist: ${name}`);
  const code = await readCode(body.Code, lambda.options.readObject);
  const settings = { ...DEFAULT_SETTINGS, ...settingsOf(body), runtime, handler, architecture: body.Architectures?.[0] ?? DEFAULT_SETTINGS.architecture };
  const record = await lambda.functions.create(name, settings, await lambda.prepare(settings, code), body.Tags ?? {});
  return answer(call, 201, configurationOf(lambda.functions, record, "created"));
};

/** The settings that a request gives. */
function settingsOf(body: ConfigurationRequest): Partial<FunctionSettings> {
  const given = {
    runtime: body.Runtime, handler: body.Handler, role: body.Role, description: body.Description, timeoutS: body.Timeout, memoryMb: body.MemorySize,
    environment: body.Environment === undefined ? undefined : (body.Environment.Variables ?? {}), ephemeralMb: body.EphemeralStorage?.Size, tracing: body.TracingConfig?.Mode,
  };
  checkEnvironment(given.environment ?? {});
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const ENVIRONMENT_BYTES_MAX = 4096;
const RESERVED = /^(AWS_(LAMBDA_.*|EXECUTION_ENV|REGION|DEFAULT_REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|_HANDLER|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED.test(name));
  if (reserved.length > 0) {
    throw new LambdaError("InvalidParameterValueException", `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`);
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > ENVIRONMENT_BYTES_MAX) {
    throw new LambdaError("InvalidParameterValueException", "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.");
  }
}

export const getFunction: Operation = async (call) => {
  const { lambda, request } = call;
  const record = functionOf(call);
  const url = new URL(codePath(record.codeSha256), request.url).href;
  const code = { RepositoryType: "S3", Location: lambda.options.signUrl?.(url) ?? url };
  const tags = Object.keys(record.tags).length > 0 ? { Tags: record.tags } : {};
  return answer(call, 200, { Configuration: configurationOf(lambda.functions, record), Code: code, ...tags });
};

export const getFunctionConfiguration: Operation = async (call) => answer(call, 200, configurationOf(call.lambda.functions, functionOf(call)));

export const listFunctions: Operation = async (call) => {
  const { lambda, query } = call;
  const asked = Number(query.get("MaxItems") ?? LIST_FUNCTIONS_MAX);
  if (!Number.isInteger(asked) || asked < 1 || asked > 10_000) {
    throw new LambdaError("ValidationException", `1 validation error detected: Value '${query.get("MaxItems")}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 10000`);
  }
  const marker = query.get("Marker");
  const found = lambda.functions.list(marker === null ? "" : readMarker(marker));
  const page = found.slice(0, Math.min(asked, LIST_FUNCTIONS_MAX));
  const last = page.at(-1);
  const next = last && found.length > page.length ? { NextMarker: Buffer.from(last.name).toString("base64url") } : {};
  return answer(call, 200, { Functions: page.map((record) => configurationOf(lambda.functions, record)), ...next });
};

function readMarker(marker: string): string {
  const name = Buffer.from(marker, "base64url").toString();
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) throw new LambdaError("InvalidParameterValueException", "The Marker is none that ListFunctions gave.");
  return name;
}

export const updateFunctionCode: Operation = async (call) => {
  const { lambda, request } = call;
  const body = await readRequest(request, updateCodeRequest);
  refuseUnsupported(body);
  const before = functionOf(call);
  checkRevision(before, body.RevisionId);
  const code = await readCode(body, lambda.options.readObject);
  const made = await lambda.prepare(before, code);
  if (body.DryRun) return answer(call, 200, configurationOf(lambda.functions, { ...before, codeSha256: code.sha256, codeBytes: code.zip.length }));
  const settings = body.Architectures?.[0] === undefined ? {} : { architecture: body.Architectures[0] };
  const record = await lambda.functions.update(before.name, { settings, made, revisionId: body.RevisionId });
  lambda.options.sandbox.forget(before.revisionId);
  return answer(call, 200, configurationOf(lambda.functions, record, "updated"));
};

export const updateFunctionConfiguration: Operation = async (call) => {
  const { lambda, request } = call;
  const body = await readRequest(request, updateConfigurationRequest);
  refuseUnsupported(body);
  const before = functionOf(call);
  checkRevision(before, body.RevisionId);
  const settings = settingsOf(body);
  const made = await preparedAnew(lambda, before, { ...before, ...settings });
  const record = await lambda.functions.update(before.name, { settings, made, revisionId: body.RevisionId });
  lambda.options.sandbox.forget(before.revisionId);
  return answer(call, 200, configurationOf(lambda.functions, record, "updated"));
};

/** Another handler or runtime may need other preparation of the same zip. */
async function preparedAnew(lambda: Lambda, before: FunctionRecord, after: FunctionRecord): Promise<NewCode | undefined> {
  if (before.handler === after.handler && before.runtime === after.runtime) return undefined;
  const zip = lambda.functions.zip(before.codeSha256) ?? new Uint8Array(0);
  const code = await readCode({ ZipFile: Buffer.from(zip).toString("base64") }, undefined);
  return lambda.prepare(after, code);
}

export const deleteFunction: Operation = async (call) => {
  const { lambda } = call;
  const { name, qualifier } = parseFunctionName(call.target, call.query.get("Qualifier"));
  const record = lambda.functions.get(name, qualifier);
  if (qualifier === "$LATEST") throw new LambdaError("InvalidParameterValueException", "$LATEST version cannot be deleted without deleting the function.");
  await lambda.functions.delete(name);
  await lambda.events.drop(record);
  lambda.options.sandbox.forget(record.revisionId);
  return answer(call, 204);
};
