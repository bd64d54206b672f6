/** The gateway's HTTP face: who asks, whether they may, which API it is for, and what an error looks like. */
import { Hono } from "hono";
import { GATEWAY_BODY_BYTES_MAX, LAMBDA_BODY_BYTES_MAX } from "../limits.ts";
import { GatewayError } from "../errors.ts";
import { bucketOfHost, type S3Request } from "../s3/request.ts";
import type { World } from "../world.ts";
import { chunkSignerOf, readClaim, verifyClaim, type Claim, type Credentials } from "./authenticate.ts";
import { answerError } from "./edge.ts";
import { refuseOtherSites } from "./local-only.ts";
import { lengthOf, openPayload, readWhole } from "./payload.ts";
import { S3Error } from "../s3/error.ts";
import { sha256Hex } from "./sigv4.ts";
import { apiOf, parseTarget, type Api, type Target } from "./target.ts";

/** What a server knows besides the `Request`; both are optional, tests call `app.fetch(request)`. */
export interface Transport {
  /** Path and query as they stood in the request line. */
  readonly target?: string;
  /** The body's bytes, when the server has a quicker way to them than `request.body`. */
  readonly body?: AsyncIterable<Uint8Array>;
}

export interface AppOptions {
  readonly world: World;
  /** Empty: signatures are not looked at, and only this machine may ask. */
  readonly credentials: readonly Credentials[];
  readonly s3: (request: S3Request) => Promise<Response>;
  /** Paths that begin with a date: `/2015-03-31/functions/…`. */
  readonly lambda: (request: Request) => Promise<Response>;
  /** Add the gateway's own routes; their paths begin with `/_nanolambda/`. */
  readonly routes: readonly ((app: GatewayApp) => void)[];
}

export type GatewayApp = Hono<{ Bindings: Transport }>;

interface Incoming {
  readonly request: Request;
  readonly transport: Transport;
  readonly target: Target;
  readonly api: Api;
  readonly host: string;
  readonly requestId: string;
}

export function createApp(options: AppOptions): GatewayApp {
  const app: GatewayApp = new Hono();
  app.use("*", async (context, next) => {
    const incoming = describe(context.req.raw, context.env ?? {}, options.world);
    const startedMs = options.world.monotonic();
    try {
      if (incoming.api === "s3") context.res = await answerS3(incoming, options);
      else {
        const request = await admit(incoming, options);
        if (incoming.api === "lambda") context.res = await options.lambda(request);
        else {
          context.req.raw = request;
          await next();
          if (context.error) context.res = answerError(context.error, failed(incoming), options.world);
        }
      }
    } catch (thrown) {
      context.res = answerError(thrown, failed(incoming), options.world);
    }
    logRequest(incoming, context.res.status, options.world.monotonic() - startedMs, options.world);
  });
  // Kept for the middleware above, which knows the request's id.
  app.onError((thrown) => {
    if (thrown instanceof Error) return new Response(null, { status: 500 });
    throw thrown;
  });
  app.get("/_nanolambda/health", (context) => context.json({ status: "ok" }));
  for (const add of options.routes) add(app);
  app.notFound(() => {
    throw new GatewayError(6404, "The gateway has no such path; its own API is /_nanolambda/health, /_nanolambda/logs and /_nanolambda/boards.");
  });
  return app;
}

function describe(request: Request, transport: Transport, world: World): Incoming {
  const target = parseTarget(transport.target, request.url);
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const api = bucketOfHost(host) === undefined ? apiOf(target.path) : "s3";
  return { request, transport, target, api, host, requestId: newRequestId(api, world) };
}

/** A UUID as Lambda's, or sixteen hexadecimal digits as S3's. */
function newRequestId(api: Api, world: World): string {
  const hex = Buffer.from(world.randomBytes(api === "s3" ? 8 : 16)).toString("hex");
  if (api === "s3") return hex.toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function failed(incoming: Incoming): { api: Api; method: string; path: string; requestId: string } {
  return { api: incoming.api, method: incoming.request.method, path: incoming.target.path, requestId: incoming.requestId };
}

function logRequest(incoming: Incoming, status: number, ms: number, world: World): void {
  const { requestId, api, target, request } = incoming;
  world.log.debug({ requestId, api, method: request.method, path: target.path, status, ms: Math.round(ms * 100) / 100 }, "request");
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function bodyOf(incoming: Incoming): AsyncIterable<Uint8Array> {
  if (incoming.request.method === "GET" || incoming.request.method === "HEAD") return nothing();
  // Node's and Bun's ReadableStreams are iterable; the DOM's types do not know it.
  return incoming.transport.body ?? (incoming.request.body as AsyncIterable<Uint8Array> | null) ?? nothing();
}

/** The signer's claim, in good order; undefined when no credentials are configured. */
function claimOf(incoming: Incoming, options: AppOptions): Claim | undefined {
  const { request, target, api } = incoming;
  if (options.credentials.length > 0) {
    return readClaim({ method: request.method, target, headers: request.headers, api }, options.credentials, options.world.now());
  }
  refuseOtherSites(request.headers, incoming.host);
  return undefined;
}

function verify(claim: Claim, incoming: Incoming, payloadHash: string): void {
  const { request, target, api } = incoming;
  verifyClaim(claim, { method: request.method, target, headers: request.headers, api }, payloadHash);
}

async function answerS3(incoming: Incoming, options: AppOptions): Promise<Response> {
  const { request, target, host, requestId } = incoming;
  const claim = claimOf(incoming, options);
  if (claim) verify(claim, incoming, claim.payloadHash ?? "UNSIGNED-PAYLOAD");
  const chunksSigned = claim?.payloadHash?.startsWith("STREAMING-AWS4-HMAC-SHA256") === true;
  const signer = claim && chunksSigned ? { signer: chunkSignerOf(claim) } : {};
  const body = openPayload({ source: bodyOf(incoming), headers: request.headers, world: options.world, ...signer });
  return options.s3({ method: request.method, host, path: target.path, query: target.query, headers: request.headers, body, requestId });
}

/** A request to Lambda or to the gateway's own API that may go on: signed where that is asked, its body within the limit. */
async function admit(incoming: Incoming, options: AppOptions): Promise<Request> {
  const { request, api } = incoming;
  const bytesMax = api === "lambda" ? LAMBDA_BODY_BYTES_MAX : GATEWAY_BODY_BYTES_MAX;
  const claim = claimOf(incoming, options);
  const bytes = lengthOf(request.headers, "content-length");
  if (bytes !== undefined && bytes > bytesMax) throw new S3Error("EntityTooLarge", `The body of this request may have ${bytesMax} bytes at most.`);
  const bodiless = request.method === "GET" || request.method === "HEAD";
  if (!claim && (bytes !== undefined || bodiless)) return request;
  const claimed = claim?.payloadHash;
  if (claim && claimed !== undefined) verify(claim, incoming, claimed);
  const body = await readWhole(bodyOf(incoming), bytesMax);
  if (claim) checkBody(claim, incoming, body);
  if (bodiless) return request;
  const { method, headers, signal } = request;
  return new Request(request.url, { method, headers, signal, body });
}

function checkBody(claim: Claim, incoming: Incoming, body: Uint8Array): void {
  const claimed = claim.payloadHash;
  if (claimed === "UNSIGNED-PAYLOAD") return;
  const computed = sha256Hex(body);
  if (claimed === undefined) verify(claim, incoming, computed);
  else if (claimed !== computed) {
    throw new S3Error("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
}
