import { GatewayError } from "../errors.ts";

/** S3's error codes that the gateway answers, with their HTTP status (AWS: "S3 API Reference, Error responses"). */
export const S3_STATUS = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InsufficientStorage: 507,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidStorageClass: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MaxMessageLengthExceeded: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  RequestTimeout: 400,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3ErrorCode = keyof typeof S3_STATUS;

/** An error that S3 names; thrown anywhere under the HTTP edge, answered there as XML (or in Lambda's shape on Lambda's paths). */
export class S3Error extends GatewayError {
  readonly s3Code: S3ErrorCode;
  readonly status: number;
  /** Further elements of the answer, such as `Key`, `BucketName`, `StringToSign`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Further headers of the answer, such as `content-range` of a 416. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    s3Code: S3ErrorCode,
    message: string,
    options: { fields?: Record<string, string>; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(6200, message, { cause: options.cause });
    this.name = "S3Error";
    this.s3Code = s3Code;
    this.status = S3_STATUS[s3Code];
    this.fields = options.fields ?? {};
    this.headers = options.headers ?? {};
  }
}
