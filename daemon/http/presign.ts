/** Presigned URLs of the gateway's own: what GetFunction's Code.Location is where requests must be signed. */
import type { Credentials } from "./authenticate.ts";
import { canonicalRequest, scopeText, signature, signingKey, stringToSign } from "./sigv4.ts";

export interface PresignOptions {
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
  /** 1..604,800 seconds. */
  readonly expiresS: number;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** A GET of the URL that anybody may send until it expires (AWS: "Authenticating requests: using query parameters"). */
export function presign(url: string, { credentials, region, service, expiresS, nowMs }: PresignOptions): string {
  const signed = new URL(url);
  const timestamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = { date: timestamp.slice(0, 8), region, service };
  const parameters = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": `${credentials.accessKeyId}/${scopeText(scope)}`,
    "X-Amz-Date": timestamp, "X-Amz-Expires": String(expiresS), "X-Amz-SignedHeaders": "host",
  };
  for (const [name, value] of Object.entries(parameters)) signed.searchParams.set(name, value);
  const canonical = canonicalRequest({
    method: "GET", path: signed.pathname, query: [...signed.searchParams], header: () => signed.host, signedHeaders: ["host"], payloadHash: "UNSIGNED-PAYLOAD", service,
  });
  signed.searchParams.set("X-Amz-Signature", signature(signingKey(credentials.secretAccessKey, scope), stringToSign(timestamp, scope, canonical)));
  return signed.href;
}
