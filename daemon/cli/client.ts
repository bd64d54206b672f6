/** How the commands reach a running gateway: its address, and signatures when the environment holds credentials. */
import { GatewayError, messageOf } from "../errors.ts";
import { canonicalRequest, scopeText, sha256Hex, signature, signingKey, stringToSign } from "../http/sigv4.ts";

export interface ClientOptions {
  /** Such as `http://127.0.0.1:8787`. */
  readonly endpoint: string;
}

export const DEFAULT_ENDPOINT = "http://127.0.0.1:8787";

export interface RequestOptions {
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * One request to the gateway; signed (SigV4) when AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set.
 * @throws GatewayError 6010 when no gateway answers, 6011 when it answers with an error
 */
export async function request(client: ClientOptions, path: string, options: RequestOptions = {}): Promise<Response> {
  const url = new URL(path, client.endpoint);
  const headers = new Headers(options.headers);
  sign(url, headers, options);
  let response: Response;
  try {
    response = await fetch(url, { method: options.method ?? "GET", headers, ...(options.body === undefined ? {} : { body: options.body as BodyInit }), ...(options.signal ? { signal: options.signal } : {}) });
  } catch (cause) {
    throw new GatewayError(6010, `no gateway answers at ${client.endpoint} (${messageOf(cause)}); start one with nanolambda up, or name another with --endpoint`, { cause });
  }
  if (response.ok) return response;
  throw new GatewayError(6011, await reason(response));
}

async function reason(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { message?: string; Message?: string; error?: { message?: string } };
    return body.error?.message ?? body.message ?? body.Message ?? text;
  } catch {
    return `${response.status} ${response.statusText} ${text.slice(0, 300)}`.trim();
  }
}

function sign(url: URL, headers: Headers, { method = "GET", body = "" }: RequestOptions): void {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: region = "us-east-1" } = process.env;
  if (!id || !secret) return;
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = { date: timestamp.slice(0, 8), region, service: "lambda" };
  const payloadHash = sha256Hex(body);
  headers.set("x-amz-date", timestamp);
  headers.set("x-amz-content-sha256", payloadHash);
  const signedHeaders = ["host", ...[...headers.keys()].map((name) => name.toLowerCase())].sort();
  const canonical = canonicalRequest({
    method, path: url.pathname, query: [...url.searchParams], header: (name) => (name === "host" ? url.host : (headers.get(name) ?? "")), signedHeaders, payloadHash, service: scope.service,
  });
  const signed = signature(signingKey(secret, scope), stringToSign(timestamp, scope, canonical));
  headers.set("authorization", `AWS4-HMAC-SHA256 Credential=${id}/${scopeText(scope)}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signed}`);
}
