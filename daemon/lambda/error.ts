/** Errors as the Lambda API answers them (AWS: "Lambda API Reference, Common Errors", and the service's own model). */
import { GatewayError } from "../errors.ts";

/** Status of each error, and the case of its message's key, which differs for historical reasons. */
const ERRORS = {
  InvalidParameterValueException: { status: 400, key: "message" },
  InvalidRequestContentException: { status: 400, key: "message" },
  ValidationException: { status: 400, key: "message" },
  ResourceNotFoundException: { status: 404, key: "Message" },
  ResourceConflictException: { status: 409, key: "message" },
  PreconditionFailedException: { status: 412, key: "message" },
  RequestTooLargeException: { status: 413, key: "message" },
  TooManyRequestsException: { status: 429, key: "message" },
  ServiceException: { status: 500, key: "Message" },
  NotImplementedException: { status: 501, key: "Message" },
} as const;

export type LambdaErrorType = keyof typeof ERRORS;

/** An error of the Lambda API; `createLambdaApi` answers it. */
export class LambdaError extends GatewayError {
  readonly type: LambdaErrorType;

  constructor(type: LambdaErrorType, message: string, options?: { cause?: unknown }) {
    super(6300, message, options);
    this.name = "LambdaError";
    this.type = type;
  }
}

/** Answers an error in AWS's shape; undefined for what is none of the gateway's own errors. */
export function errorResponse(thrown: unknown, requestId: string): Response | undefined {
  const error = thrown instanceof GatewayError ? asLambdaError(thrown) : undefined;
  if (!error) return undefined;
  const { status, key } = ERRORS[error.type];
  const retry = status === 429 ? { Reason: "ConcurrentInvocationLimitExceeded", retryAfterSeconds: "1" } : {};
  const headers = { "content-type": "application/json", "x-amzn-errortype": error.type, "x-amzn-requestid": requestId, ...(status === 429 ? { "retry-after": "1" } : {}) };
  return new Response(JSON.stringify({ Type: status < 500 ? "User" : "Service", [key]: error.message, ...retry }), { status, headers });
}

/** Codes of the store and the sandbox that mean: later, this would work. */
const LATER = new Set([2105, 4001]);

function asLambdaError(error: GatewayError): LambdaError {
  if (error instanceof LambdaError) return error;
  return new LambdaError(LATER.has(error.code) ? "TooManyRequestsException" : "ServiceException", error.message, { cause: error });
}
