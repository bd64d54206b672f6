/** The request line's target as the client sent it, in its parts: signatures and S3 keys need it unnormalised. */
export interface Target {
  /** Percent-encoded, begins with `/`, dot segments and double slashes intact. */
  readonly path: string;
  /** Decoded names and values in the order sent. */
  readonly query: readonly (readonly [string, string])[];
}

/**
 * @param sent path and query as sent, when the server knows them (`a/../b` is a legal S3 key, and `Request.url` has lost it)
 * @param url the request's URL, the fallback
 */
export function parseTarget(sent: string | undefined, url: string): Target {
  const whole = sent?.startsWith("/") ? sent : pathAndQuery(url);
  const question = whole.indexOf("?");
  const path = question === -1 ? whole : whole.slice(0, question);
  const query = question === -1 ? [] : [...new URLSearchParams(whole.slice(question + 1))];
  return { path, query };
}

function pathAndQuery(url: string): string {
  const parsed = new URL(url);
  return parsed.pathname + parsed.search;
}

/** Which API a path belongs to: Lambda's begin with the API's date, the gateway's own with `/_nanolambda/`, all else is S3. */
export type Api = "lambda" | "gateway" | "s3";

export function apiOf(path: string): Api {
  if (/^\/\d{4}-\d\d-\d\d\//.test(path)) return "lambda";
  return path === "/_nanolambda" || path.startsWith("/_nanolambda/") ? "gateway" : "s3";
}
