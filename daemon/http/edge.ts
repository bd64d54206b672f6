/** The one place where errors become answers, in the shape of the API that was asked. */
import { GatewayError, messageOf } from "../errors.ts";
import { errorResponse } from "../s3/error-response.ts";
import { S3Error, type S3ErrorCode } from "../s3/error.ts";
import type { World } from "../world.ts";
import type { Api } from "./target.ts";

export interface FailedRequest {
  readonly api: Api;
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
}

/** Answers what was thrown; what nobody meant to throw is logged with its stack and answered as 500 with the request's id. */
export function answerError(thrown: unknown, request: FailedRequest, world: World): Response {
  if (!(thrown instanceof GatewayError)) {
    const { requestId, method, path } = request;
    world.log.error({ requestId, method, path, err: thrown }, `Request failed: ${messageOf(thrown)}`);
  }
  switch (request.api) {
    case "s3":
      return errorResponse(asS3Error(thrown, request.requestId), { method: request.method, resource: request.path, requestId: request.requestId });
    case "lambda":
      return lambdaError(thrown, request.requestId);
    case "gateway":
      return gatewayError(thrown, request.requestId);
  }
}

/** The store's "disk full": the request was right, and will be again when there is room. */
const DISK_FULL = 2003;

function asS3Error(thrown: unknown, requestId: string): S3Error {
  if (thrown instanceof S3Error) return thrown;
  if (thrown instanceof GatewayError && thrown.code === DISK_FULL) return new S3Error("InsufficientStorage", thrown.message, { cause: thrown });
  if (thrown instanceof GatewayError) return new S3Error("InternalError", thrown.message, { cause: thrown, fields: { GatewayCode: String(thrown.code) } });
  return new S3Error("InternalError", `We encountered an internal error. The gateway's log has it under request id ${requestId}.`, { cause: thrown });
}

/** What the other AWS services call an authentication failure (AWS: "Common error types"). */
const LAMBDA_TYPES: Partial<Record<S3ErrorCode, { type: string; status: number }>> = {
  AccessDenied: { type: "MissingAuthenticationTokenException", status: 403 },
  AuthorizationHeaderMalformed: { type: "IncompleteSignatureException", status: 400 },
  AuthorizationQueryParametersError: { type: "IncompleteSignatureException", status: 400 },
  EntityTooLarge: { type: "RequestTooLargeException", status: 413 },
  IncompleteBody: { type: "InvalidRequestContentException", status: 400 },
  InvalidAccessKeyId: { type: "UnrecognizedClientException", status: 403 },
  InvalidRequest: { type: "IncompleteSignatureException", status: 400 },
  RequestTimeTooSkewed: { type: "InvalidSignatureException", status: 403 },
  RequestTimeout: { type: "RequestTimeoutException", status: 408 },
  SignatureDoesNotMatch: { type: "InvalidSignatureException", status: 403 },
  XAmzContentSHA256Mismatch: { type: "InvalidSignatureException", status: 403 },
};

function lambdaError(thrown: unknown, requestId: string): Response {
  const known = thrown instanceof S3Error ? LAMBDA_TYPES[thrown.s3Code] : undefined;
  const message = thrown instanceof GatewayError ? thrown.message : "The service encountered an internal error.";
  const { type, status } = known ?? { type: "ServiceException", status: 500 };
  return Response.json(
    { Type: status < 500 ? "User" : "Service", message, Message: message },
    { status, headers: { "x-amzn-errortype": type, "x-amzn-requestid": requestId } },
  );
}

function gatewayError(thrown: unknown, requestId: string): Response {
  const status = thrown instanceof S3Error ? thrown.status : thrown instanceof GatewayError ? statusOfCode(thrown.code) : 500;
  const code = thrown instanceof GatewayError ? thrown.code : 6000;
  const message = thrown instanceof GatewayError ? thrown.message : `Internal error; the gateway's log has it under request id ${requestId}.`;
  return Response.json({ error: { code, message, requestId } }, { status, headers: { "x-request-id": requestId } });
}

/** 64xx codes are HTTP's own (6404: there is no such thing); any other error is the gateway's. */
function statusOfCode(code: number): number {
  if (code === DISK_FULL) return 507;
  return code >= 6400 && code < 6500 ? code - 6000 : 500;
}
