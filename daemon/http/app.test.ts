import { test } from "uvu";
import * as assert from "uvu/assert";
import { GatewayError } from "../errors.ts";
import { readText } from "../s3/request.ts";
import { realWorld, silentLogger, type World } from "../world.ts";
import { createApp, type AppOptions } from "./app.ts";
import { canonicalRequest, scopeText, sha256Hex, signature, signingKey, stringToSign } from "./sigv4.ts";
import { assertListenAllowed } from "./local-only.ts";
import { parseTarget } from "./target.ts";

const CREDENTIALS = [{ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }];
const NOW_MS = Date.parse("2026-01-02T03:04:05Z");
const TIMESTAMP = "20260102T030405Z";

function worldAt(nowMs: number): World {
  return { ...realWorld(silentLogger), now: () => nowMs };
}

function appWith(options: Partial<AppOptions> = {}) {
  return createApp({
    world: worldAt(NOW_MS),
    credentials: CREDENTIALS,
    s3: async (request) => new Response(`s3 ${request.method} ${request.path} ${await readText(request.body, 10_000)}`),
    lambda: async (request) => new Response(`lambda ${request.method} ${await request.text()}`),
    routes: [(app) => app.all("/_nanolambda/echo", async (context) => context.text(`gateway ${await context.req.text()}`))],
    ...options,
  });
}

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly service?: string;
  readonly secret?: string;
  readonly accessKeyId?: string;
  readonly timestamp?: string;
  /** Whether x-amz-content-sha256 is sent (S3 must, others may). */
  readonly sendHash?: boolean;
}

/** Signs by the header, as an SDK does. */
function signed(sent: Sent): Request {
  const { method = "GET", url = "http://localhost/bucket/key", service = "s3", body = "", timestamp = TIMESTAMP } = sent;
  const payloadHash = sha256Hex(body);
  const headers: Record<string, string> = { host: new URL(url).host, "x-amz-date": timestamp, ...sent.headers };
  if (sent.sendHash ?? true) headers["x-amz-content-sha256"] ??= payloadHash;
  const scope = { date: timestamp.slice(0, 8), region: "eu-west-3", service };
  const signedHeaders = Object.keys(headers).sort();
  const target = parseTarget(undefined, url);
  const canonical = canonicalRequest({
    method, path: target.path, query: target.query, header: (name) => headers[name] ?? "", signedHeaders,
    payloadHash: headers["x-amz-content-sha256"] ?? payloadHash, service,
  });
  const given = signature(signingKey(sent.secret ?? "secret", scope), stringToSign(timestamp, scope, canonical));
  const credential = `${sent.accessKeyId ?? "AKIDEXAMPLE"}/${scopeText(scope)}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${given}`;
  return new Request(url, { method, headers: { ...headers, authorization }, ...(method === "GET" ? {} : { body }) });
}

function presigned(url: string, expiresS: number): Request {
  const scope = { date: TIMESTAMP.slice(0, 8), region: "us-east-1", service: "s3" };
  const target = new URL(url);
  for (const [name, value] of [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"], ["X-Amz-Credential", `AKIDEXAMPLE/${scopeText(scope)}`], ["X-Amz-Date", TIMESTAMP],
    ["X-Amz-Expires", String(expiresS)], ["X-Amz-SignedHeaders", "host"],
  ] as const) target.searchParams.set(name, value);
  const parsed = parseTarget(undefined, target.href);
  const canonical = canonicalRequest({
    method: "GET", path: parsed.path, query: parsed.query, header: () => target.host, signedHeaders: ["host"], payloadHash: "UNSIGNED-PAYLOAD", service: "s3",
  });
  target.searchParams.set("X-Amz-Signature", signature(signingKey("secret", scope), stringToSign(TIMESTAMP, scope, canonical)));
  return new Request(target, { headers: { host: target.host } });
}

async function s3Code(response: Response): Promise<string> {
  return /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] ?? "";
}

test("a signed S3 request reaches S3 with its body, and any region will do", async () => {
  const response = await appWith().fetch(signed({ method: "PUT", body: "hello", url: "http://localhost/b/a%20key?x=%2F" }));
  assert.is(await response.text(), "s3 PUT /b/a%20key hello");
});

test("an S3 request that is unsigned, signed with a wrong key or by an unknown one is refused in S3's shape", async () => {
  const cases: [Request, number, string][] = [
    [new Request("http://localhost/bucket/key"), 403, "AccessDenied"],
    [signed({ secret: "other" }), 403, "SignatureDoesNotMatch"],
    [signed({ accessKeyId: "nobody" }), 403, "InvalidAccessKeyId"],
    [signed({ timestamp: "20260102T024904Z" }), 403, "RequestTimeTooSkewed"],
    [signed({ timestamp: "20260102T031906Z" }), 403, "RequestTimeTooSkewed"],
    [signed({ service: "lambda" }), 400, "AuthorizationHeaderMalformed"],
    [signed({ sendHash: false }), 400, "InvalidRequest"],
    [new Request("http://localhost/b", { headers: { authorization: "AWS AKID:sig" } }), 400, "InvalidRequest"],
    [new Request("http://localhost/b", { headers: { authorization: "AWS4-HMAC-SHA256 Credential=x" } }), 400, "AuthorizationHeaderMalformed"],
  ];
  for (const [request, status, code] of cases) {
    const response = await appWith().fetch(request);
    assert.is(response.status, status, code);
    assert.match(response.headers.get("x-amz-request-id") ?? "", /^[0-9A-F]{16}$/);
    assert.is(await s3Code(response), code);
  }
});

test("a clock that differs by fifteen minutes is accepted", async () => {
  assert.is((await appWith().fetch(signed({ timestamp: "20260102T024905Z" }))).status, 200);
});

test("a body that is not the one that was signed is refused", async () => {
  const request = signed({ method: "PUT", body: "hello" });
  const response = await appWith().fetch(new Request(request.url, { method: "PUT", headers: request.headers, body: "jello" }));
  assert.is(await s3Code(response), "XAmzContentSHA256Mismatch");
});

test("an x-amz- header that the signature does not cover is refused", async () => {
  const request = signed({ method: "PUT", body: "hello" });
  request.headers.set("x-amz-copy-source", "/secret/object");
  const response = await appWith().fetch(request);
  assert.is(response.status, 403);
  assert.match(await response.text(), /<HeadersNotSigned>x-amz-copy-source<\/HeadersNotSigned>/);
});

test("a presigned URL works until it expires, and not when its key is changed", async () => {
  const request = () => presigned("http://localhost/bucket/key", 60);
  assert.is((await appWith().fetch(request())).status, 200);
  const expired = await appWith({ world: worldAt(NOW_MS + 61_000) }).fetch(request());
  assert.match(await expired.text(), /Request has expired/);
  const early = await appWith({ world: worldAt(NOW_MS - 16 * 60_000) }).fetch(request());
  assert.match(await early.text(), /Request is not valid yet/);
  const moved = new Request(request().url.replace("/key", "/other"), { headers: request().headers });
  assert.is(await s3Code(await appWith().fetch(moved)), "SignatureDoesNotMatch");
  assert.is(await s3Code(await appWith().fetch(presigned("http://localhost/bucket/key", 604_801))), "AuthorizationQueryParametersError");
});

test("Lambda clients that send no payload hash are verified by the body itself", async () => {
  const sent = { method: "POST", url: "http://localhost/2015-03-31/functions/f/invocations", service: "lambda", sendHash: false };
  const response = await appWith().fetch(signed({ ...sent, body: "{}" }));
  assert.is(await response.text(), "lambda POST {}");
  const request = signed({ ...sent, body: "{}" });
  const changed = await appWith().fetch(new Request(request.url, { method: "POST", headers: request.headers, body: "[]" }));
  assert.is(changed.status, 403);
  assert.is(changed.headers.get("x-amzn-errortype"), "InvalidSignatureException");
});

test("Lambda requests are refused in Lambda's shape", async () => {
  const url = "http://localhost/2015-03-31/functions/";
  const cases: [Request, number, string][] = [
    [new Request(url), 403, "MissingAuthenticationTokenException"],
    [signed({ url, service: "lambda", accessKeyId: "nobody" }), 403, "UnrecognizedClientException"],
    [signed({ url, service: "lambda", secret: "other" }), 403, "InvalidSignatureException"],
    [signed({ url, service: "lambda", timestamp: "20260102T010000Z" }), 403, "InvalidSignatureException"],
    [signed({ url, service: "s3" }), 400, "IncompleteSignatureException"],
  ];
  for (const [request, status, type] of cases) {
    const response = await appWith().fetch(request);
    assert.is(response.status, status, type);
    assert.is(response.headers.get("x-amzn-errortype"), type);
    assert.type(((await response.json()) as { message: string }).message, "string");
  }
});

test("the gateway's own paths are signed too, for whatever service", async () => {
  const url = "http://localhost/_nanolambda/echo";
  assert.is((await appWith().fetch(new Request(url))).status, 403);
  const response = await appWith().fetch(signed({ method: "POST", url, service: "execute-api", body: "ping" }));
  assert.is(await response.text(), "gateway ping");
});

test("a virtual-host request is S3's, whatever its key looks like", async () => {
  const app = appWith({ credentials: [] });
  for (const path of ["/_nanolambda/echo", "/2015-03-31/functions/"]) {
    assert.is(await (await app.fetch(new Request(`http://bucket.localhost${path}`))).text(), `s3 GET ${path} `);
  }
});

test("without credentials signatures are not looked at, but other sites' pages and names are refused", async () => {
  const app = appWith({ credentials: [] });
  assert.is((await app.fetch(signed({ secret: "other", accessKeyId: "nobody" }))).status, 200);
  assert.is((await app.fetch(new Request("http://127.0.0.1:8787/bucket"))).status, 200);
  assert.is((await app.fetch(new Request("http://rebound.example/_nanolambda/echo"))).status, 403);
  assert.is((await app.fetch(new Request("http://localhost/_nanolambda/echo", { headers: { "sec-fetch-site": "cross-site" } }))).status, 403);
  assert.is((await app.fetch(new Request("http://localhost/_nanolambda/echo", { headers: { "sec-fetch-site": "same-origin" } }))).status, 200);
});

test("errors of routes are answered as JSON with the request's id, and unexpected ones do not tell more", async () => {
  const logged: object[] = [];
  const world: World = { ...worldAt(NOW_MS), log: { ...silentLogger, error: (fields) => void logged.push(fields) } };
  const app = appWith({
    world,
    credentials: [],
    routes: [
      (hono) => hono.get("/_nanolambda/known", () => { throw new GatewayError(2001, "The disk is full; free some space."); }),
      (hono) => hono.get("/_nanolambda/unknown", () => { throw new TypeError("secret detail"); }),
    ],
    lambda: () => Promise.reject(new TypeError("secret detail")),
    s3: () => Promise.reject(new TypeError("secret detail")),
  });
  const known = (await (await app.fetch(new Request("http://localhost/_nanolambda/known"))).json()) as { error: { code: number; message: string; requestId: string } };
  assert.is(known.error.code, 2001);
  assert.is(known.error.message, "The disk is full; free some space.");
  for (const path of ["/_nanolambda/unknown", "/2015-03-31/functions/", "/bucket"]) {
    const response = await app.fetch(new Request(`http://localhost${path}`));
    assert.is(response.status, 500, path);
    const text = await response.text();
    assert.not.match(text, /secret detail/);
    assert.is(logged.length, 1);
    const id = (logged.pop() as { requestId: string }).requestId;
    assert.ok((text + JSON.stringify([...response.headers])).includes(id), path);
  }
  assert.is((await app.fetch(new Request("http://localhost/_nanolambda/nothing"))).status, 404);
});

test("a full disk is said to be one, in S3's shape and in the gateway's", async () => {
  const full = new GatewayError(2003, "the disk is full; free some space");
  const fail = () => Promise.reject(full);
  const app = appWith({ credentials: [], s3: fail, routes: [(hono) => hono.post("/_nanolambda/logs/a", fail)] });
  const s3 = await app.fetch(new Request("http://localhost/b/k", { method: "PUT", body: "x" }));
  assert.is(s3.status, 507);
  assert.match(await s3.text(), /<Code>InsufficientStorage<\/Code><Message>the disk is full; free some space/);
  assert.is((await app.fetch(new Request("http://localhost/_nanolambda/logs/a", { method: "POST", body: "x" }))).status, 507);
});

test("the gateway says that it is well", async () => {
  const response = await appWith({ credentials: [] }).fetch(new Request("http://localhost/_nanolambda/health"));
  assert.equal(await response.json(), { status: "ok" });
});

test("a body longer than its API allows is refused before it is read", async () => {
  const app = appWith({ credentials: [] });
  const big = { method: "POST", headers: { "content-length": String(80 * 1024 * 1024) }, body: "x" };
  const response = await app.fetch(new Request("http://localhost/2015-03-31/functions", big));
  assert.is(response.status, 413);
  assert.is(response.headers.get("x-amzn-errortype"), "RequestTooLargeException");
});

test("an S3 body that falls silent is given up", async () => {
  let fire: () => void = () => {};
  let clockMs = 0;
  const world: World = {
    ...worldAt(NOW_MS),
    monotonic: () => clockMs,
    after: (ms, run) => {
      fire = () => { clockMs += ms; run(); };
      return () => {};
    },
  };
  const silent = (async function* () {
    yield Buffer.from("begun");
    setImmediate(() => fire());
    await new Promise(() => {});
  })();
  const app = appWith({ world, credentials: [] });
  const response = await app.fetch(new Request("http://localhost/b/k", { method: "PUT", body: "unused" }), { body: silent });
  assert.is(await s3Code(response), "RequestTimeout");
});

test("listening beyond loopback without credentials is refused with what to do", () => {
  for (const host of ["127.0.0.1", "127.3.2.1", "localhost", "::1", "[::1]"]) assertListenAllowed({ host, credentials: [] });
  assertListenAllowed({ host: "0.0.0.0", credentials: CREDENTIALS });
  for (const host of ["0.0.0.0", "::", "192.168.1.5", "gateway.local", "", "127.0.0.1.example.org"]) {
    assert.throws(
      () => assertListenAllowed({ host, credentials: [] }),
      (thrown: unknown) => thrown instanceof GatewayError && thrown.code === 6001 && /NANOLAMBDA_ACCESS_KEY_ID/.test(thrown.message),
      host,
    );
  }
});

test.run();
