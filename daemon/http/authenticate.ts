/** Verifies who signed a request: `Authorization` header or presigned query (AWS Signature Version 4). */
import { timingSafeEqual } from "node:crypto";
import { SIGV4_EXPIRES_S_MAX, SIGV4_SKEW_MS_MAX } from "../limits.ts";
import { S3Error } from "../s3/error.ts";
import { canonicalRequest, ChunkSigner, scopeText, signature, signingKey, stringToSign, timestampMs, type Scope } from "./sigv4.ts";
import type { Api, Target } from "./target.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface AuthRequest {
  readonly method: string;
  readonly target: Target;
  readonly headers: Headers;
  readonly api: Api;
}

/** What a request says about its signer, well-formed, in time and by a known key, but not yet verified. */
export interface Claim {
  readonly accessKeyId: string;
  readonly key: Uint8Array;
  readonly scope: Scope;
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** x-amz-content-sha256; undefined when the client of another service than S3 leaves it to us to hash the body. */
  readonly payloadHash: string | undefined;
  readonly query: Target["query"];
}

type ClaimParts = Pick<Claim, "accessKeyId" | "scope" | "signedHeaders" | "signature">;

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * Reads who claims to have signed the request, which needs nothing of its body.
 * @throws S3Error AccessDenied (unsigned, expired, a header not signed), AuthorizationHeaderMalformed,
 *   AuthorizationQueryParametersError, InvalidAccessKeyId, InvalidRequest, RequestTimeTooSkewed
 */
export function readClaim(request: AuthRequest, credentials: readonly Credentials[], nowMs: number): Claim {
  const claim = unkeyedClaim(request, nowMs);
  checkService(claim.scope, request.api);
  checkAllSigned(claim, request.headers);
  const secret = credentials.find((known) => known.accessKeyId === claim.accessKeyId)?.secretAccessKey;
  if (secret === undefined) {
    throw new S3Error("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", {
      fields: { AWSAccessKeyId: claim.accessKeyId },
    });
  }
  return { ...claim, key: signingKey(secret, claim.scope) };
}

/** The signer of the chunks that follow a verified request. */
export function chunkSignerOf(claim: Claim): ChunkSigner {
  return new ChunkSigner({ key: claim.key, timestamp: claim.timestamp, scope: claim.scope, seedSignature: claim.signature });
}

function unkeyedClaim(request: AuthRequest, nowMs: number): Omit<Claim, "key"> {
  const authorization = request.headers.get("authorization");
  const query = new Map(request.target.query);
  if (authorization !== null) return headerClaim(request, authorization, nowMs);
  if (query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature")) return queryClaim(request, query, nowMs);
  if (query.has("AWSAccessKeyId")) throw unsupported();
  throw new S3Error("AccessDenied", "Access Denied: the request is not signed, and this gateway has credentials configured.");
}

function unsupported(): S3Error {
  return new S3Error("InvalidRequest", `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`);
}

function headerClaim(request: AuthRequest, authorization: string, nowMs: number): Omit<Claim, "key"> {
  if (!authorization.startsWith(`${ALGORITHM} `)) throw unsupported();
  const malformed = (why: string) => new S3Error("AuthorizationHeaderMalformed", `The authorization header is malformed; ${why}.`);
  const members = new Map(
    authorization.slice(ALGORITHM.length).split(",").map((member) => {
      const equals = member.indexOf("=");
      return [member.slice(0, equals).trim(), member.slice(equals + 1).trim()] as const;
    }),
  );
  const timestamp = request.headers.get("x-amz-date") ?? basicDate(request.headers.get("date"));
  const claim = claimFrom(members, { credential: "Credential", signedHeaders: "SignedHeaders", signature: "Signature" }, malformed);
  const sentMs = timestampMs(timestamp);
  if (sentMs === undefined) throw new S3Error("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header.");
  checkDate(claim.scope, timestamp, malformed);
  if (Math.abs(nowMs - sentMs) > SIGV4_SKEW_MS_MAX) {
    throw new S3Error("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", {
      fields: { RequestTime: timestamp, ServerTime: new Date(nowMs).toISOString(), MaxAllowedSkewMilliseconds: String(SIGV4_SKEW_MS_MAX) },
    });
  }
  const payloadHash = request.headers.get("x-amz-content-sha256") ?? undefined;
  if (payloadHash === undefined && request.api === "s3") throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  return { ...claim, timestamp, payloadHash, query: request.target.query };
}

/** An HTTP date as `YYYYMMDDTHHMMSSZ`; empty when there is none. */
function basicDate(date: string | null): string {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? "" : new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function queryClaim(request: AuthRequest, query: ReadonlyMap<string, string>, nowMs: number): Omit<Claim, "key"> {
  const malformed = (why: string) => new S3Error("AuthorizationQueryParametersError", `Query-string authentication is malformed; ${why}.`);
  if (query.get("X-Amz-Algorithm") !== ALGORITHM) throw malformed(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const names = { credential: "X-Amz-Credential", signedHeaders: "X-Amz-SignedHeaders", signature: "X-Amz-Signature" };
  const claim = claimFrom(query, names, malformed);
  const timestamp = query.get("X-Amz-Date") ?? "";
  const sentMs = timestampMs(timestamp);
  if (sentMs === undefined) throw malformed("X-Amz-Date must be in the ISO 8601 basic format, such as 20130524T000000Z");
  checkDate(claim.scope, timestamp, malformed);
  const expiresS = Number(query.get("X-Amz-Expires") ?? Number.NaN);
  if (!(expiresS >= 0 && expiresS <= SIGV4_EXPIRES_S_MAX)) throw malformed(`X-Amz-Expires must be from 0 to ${SIGV4_EXPIRES_S_MAX} seconds`);
  if (sentMs - nowMs > SIGV4_SKEW_MS_MAX) throw new S3Error("AccessDenied", "Request is not valid yet");
  if (nowMs > sentMs + expiresS * 1000) {
    throw new S3Error("AccessDenied", "Request has expired", {
      fields: { "X-Amz-Expires": String(expiresS), Expires: new Date(sentMs + expiresS * 1000).toISOString(), ServerTime: new Date(nowMs).toISOString() },
    });
  }
  const payloadHash = query.get("X-Amz-Content-Sha256") ?? request.headers.get("x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD";
  return { ...claim, timestamp, payloadHash, query: request.target.query.filter(([name]) => name !== "X-Amz-Signature") };
}

/** The members that header and query share, taken apart. */
function claimFrom(
  members: ReadonlyMap<string, string>,
  names: { credential: string; signedHeaders: string; signature: string },
  malformed: (why: string) => S3Error,
): ClaimParts {
  const credential = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(members.get(names.credential) ?? "");
  const signedHeaders = (members.get(names.signedHeaders) ?? "").split(";");
  const given = members.get(names.signature) ?? "";
  if (!credential) throw malformed(`${names.credential} must be KEY/YYYYMMDD/REGION/SERVICE/aws4_request`);
  if (!signedHeaders.includes("host")) throw malformed(`${names.signedHeaders} must contain host`);
  if (!signedHeaders.every((name) => /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))) throw malformed(`${names.signedHeaders} must be lower-case header names`);
  if (!/^[0-9a-f]{64}$/.test(given)) throw malformed(`${names.signature} must be 64 hexadecimal digits`);
  const [, accessKeyId = "", date = "", region = "", service = ""] = credential;
  return { accessKeyId, scope: { date, region, service }, signedHeaders, signature: given };
}

function checkDate(scope: Scope, timestamp: string, malformed: (why: string) => S3Error): void {
  if (!timestamp.startsWith(scope.date)) throw malformed(`the date of the credential, ${scope.date}, is not that of the request, ${timestamp}`);
}

/** A signature for one service is no good for another: it would let a leaked presigned S3 URL name a Lambda path. */
function checkService(scope: Scope, api: Api): void {
  if (api === "gateway" || scope.service === api) return;
  throw new S3Error("AuthorizationHeaderMalformed", `The credential is scoped to the service "${scope.service}"; this path needs "${api}".`);
}

/** Every x-amz- header must be covered, or a relay could add `x-amz-copy-source` to a signed PUT. */
function checkAllSigned(claim: Omit<Claim, "key">, headers: Headers): void {
  const inQuery = new Set(claim.query.map(([name]) => name.toLowerCase()));
  const unsigned = [...headers.keys()].filter(
    (name) => name.startsWith("x-amz-") && !claim.signedHeaders.includes(name) && !inQuery.has(name) && name !== "x-amz-content-sha256",
  );
  if (unsigned.length === 0) return;
  throw new S3Error("AccessDenied", "There were headers present in the request which were not signed", {
    fields: { HeadersNotSigned: unsigned.join(", ") },
  });
}

/**
 * @param payloadHash the claim's, or the hex SHA-256 of the body where the claim leaves it to us
 * @throws S3Error SignatureDoesNotMatch, with the texts to compare with
 */
export function verifyClaim(claim: Claim, request: AuthRequest, payloadHash: string): void {
  const canonical = canonicalRequest({
    method: request.method,
    path: request.target.path,
    query: claim.query,
    header: (name) => request.headers.get(name) ?? "",
    signedHeaders: claim.signedHeaders,
    payloadHash,
    service: claim.scope.service,
  });
  const text = stringToSign(claim.timestamp, claim.scope, canonical);
  if (equalText(signature(claim.key, text), claim.signature)) return;
  throw new S3Error(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    {
      fields: {
        AWSAccessKeyId: claim.accessKeyId,
        Scope: scopeText(claim.scope),
        StringToSign: text,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
      },
    },
  );
}

/** Compares in a time that does not tell how much is equal. */
export function equalText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
