import type { S3Error } from "./error.ts";
import { document, element } from "./xml.ts";

/** The answer to a failed request, in S3's shape: `<Error><Code>…`, and no body for HEAD and 304. */
export function errorResponse(error: S3Error, request: { method: string; resource: string; requestId: string }): Response {
  const headers: Record<string, string> = {
    "content-type": "application/xml",
    "x-amz-request-id": request.requestId,
    "x-amz-id-2": request.requestId,
    ...error.headers,
  };
  if (request.method === "HEAD") return new Response(null, { status: error.status, headers });
  const body = document(
    "Error",
    element("Code", error.s3Code) +
      element("Message", error.message) +
      Object.entries(error.fields).map(([name, value]) => element(name, value)).join("") +
      element("Resource", request.resource) +
      element("RequestId", request.requestId) +
      element("HostId", request.requestId),
    { namespace: false },
  );
  return new Response(body, { status: error.status, headers });
}
