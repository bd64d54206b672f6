/** The bodies of Lambda's requests, and AWS's words for what is wrong with them. */
import { z } from "zod";
import { FUNCTION_MEMORY_MB_MAX, FUNCTION_MEMORY_MB_MIN, FUNCTION_TIMEOUT_S_MAX } from "../limits.ts";
import { LambdaError } from "./error.ts";

const text = z.string();
const environment = z.looseObject({ Variables: z.record(text.regex(/^[a-zA-Z]([a-zA-Z0-9_])+$/), text).optional() });

/** What CreateFunction and UpdateFunctionConfiguration share. A member that this gateway has no meaning for is looked at in `refuseUnsupported`. */
const configuration = {
  Role: text.optional(),
  Handler: text.max(128).regex(/^[^\s]+$/).optional(),
  Runtime: text.optional(),
  Description: text.max(256).optional(),
  Timeout: z.int().min(1).max(FUNCTION_TIMEOUT_S_MAX).optional(),
  MemorySize: z.int().min(FUNCTION_MEMORY_MB_MIN).max(FUNCTION_MEMORY_MB_MAX).optional(),
  Environment: environment.optional(),
  EphemeralStorage: z.looseObject({ Size: z.int().min(512).max(10_240) }).optional(),
  TracingConfig: z.looseObject({ Mode: z.enum(["Active", "PassThrough"]).optional() }).optional(),
};

const code = {
  ZipFile: z.base64().optional(),
  S3Bucket: text.optional(),
  S3Key: text.max(1024).optional(),
  ImageUri: text.optional(),
};

const architectures = z.array(z.enum(["x86_64", "arm64"])).max(1).min(1);

export const createFunctionRequest = z.looseObject({
  ...configuration,
  FunctionName: text,
  Role: text.min(1),
  Code: z.looseObject(code),
  PackageType: z.enum(["Zip", "Image"]).optional(),
  Architectures: architectures.optional(),
  Publish: z.boolean().optional(),
  Tags: z.record(text, text).optional(),
});

export const updateConfigurationRequest = z.looseObject({ ...configuration, RevisionId: text.optional() });

export const updateCodeRequest = z.looseObject({
  ...code,
  Architectures: architectures.optional(),
  Publish: z.boolean().optional(),
  DryRun: z.boolean().optional(),
  RevisionId: text.optional(),
});

export type ConfigurationRequest = z.output<typeof updateConfigurationRequest>;

/**
 * Reads a body.
 * @throws LambdaError InvalidRequestContentException, ValidationException
 */
export async function readRequest<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = JSON.parse((await request.text()) || "{}");
  } catch (cause) {
    throw new LambdaError("InvalidRequestContentException", `Could not parse request body into json: ${cause instanceof Error ? cause.message : "it is not JSON"}`, { cause });
  }
  // AWS's clients send null for what is not given.
  const result = schema.safeParse(withoutNulls(body));
  if (result.success) return result.data;
  const { issues } = result.error;
  const found = issues.map((issue) => sentence(issue, body)).join("; ");
  throw new LambdaError("ValidationException", `${issues.length} validation error${issues.length === 1 ? "" : "s"} detected: ${found}`);
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null).map(([name, member]) => [name, withoutNulls(member)]));
}

function sentence(issue: z.core.$ZodIssue, body: unknown): string {
  const place = issue.path.map((step) => String(step).replace(/^[A-Z]/, (letter) => letter.toLowerCase())).join(".");
  const value = issue.path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step], body);
  const shown = value === undefined || value === null ? "null" : `'${(typeof value === "object" ? JSON.stringify(value) : String(value)).slice(0, 100)}'`;
  return `Value ${shown} at '${place}' failed to satisfy constraint: ${constraint(issue, value)}`;
}

function constraint(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined || value === null) return "Member must not be null";
  const size = typeof value === "number" ? "value" : "length";
  switch (issue.code) {
    case "too_small":
      return `Member must have ${size} greater than or equal to ${issue.minimum}`;
    case "too_big":
      return `Member must have ${size} less than or equal to ${issue.maximum}`;
    case "invalid_value":
      return `Member must satisfy enum value set: [${issue.values.join(", ")}]`;
    case "invalid_format":
      return issue.format === "regex" ? `Member must satisfy regular expression pattern: ${issue.pattern?.replace(/^\/\^?|\$?\/$/g, "") ?? ""}` : `Member must be ${issue.format}`;
    default:
      return issue.message;
  }
}

/** Members that would change what a function does, and that this gateway does not have. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  Layers: "put the layers' files into the function's zip",
  FileSystemConfigs: "keep files in S3",
  ImageConfig: "deploy a zip",
  ImageUri: "deploy a zip",
  CodeSigningConfigArn: "leave it out",
  SnapStart: "leave it out",
  DurableConfig: "leave it out",
};

/**
 * Refuses what would otherwise be silently without effect.
 * @throws LambdaError InvalidParameterValueException
 */
export function refuseUnsupported(body: Readonly<Record<string, unknown>>): void {
  for (const [member, advice] of Object.entries(UNSUPPORTED)) {
    if (isGiven(body[member])) throw new LambdaError("InvalidParameterValueException", `This gateway does not support ${member}; ${advice}.`);
  }
  if (body["Publish"] === true) throw new LambdaError("InvalidParameterValueException", "This gateway keeps no published versions; leave Publish out.");
  if (body["PackageType"] === "Image") throw new LambdaError("InvalidParameterValueException", "This gateway does not support container images; deploy a zip.");
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object") return Object.values(value).some((member) => isGiven(member) && member !== "None");
  return true;
}
