import { test } from "uvu";
import * as assert from "uvu/assert";
import { canonicalRequest, ChunkSigner, EMPTY_SHA256, sha256Hex, signature, signingKey, stringToSign, uriEncode } from "./sigv4.ts";

// The examples of the S3 API Reference, "Signature calculations for the authorization header".
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const SCOPE = { date: "20130524", region: "us-east-1", service: "s3" };
const TIMESTAMP = "20130524T000000Z";

function sign(options: { method: string; path: string; query?: [string, string][]; headers: Record<string, string>; payloadHash: string }): string {
  const canonical = canonicalRequest({
    method: options.method,
    path: options.path,
    query: options.query ?? [],
    header: (name) => options.headers[name] ?? "",
    signedHeaders: Object.keys(options.headers).sort(),
    payloadHash: options.payloadHash,
    service: "s3",
  });
  return signature(signingKey(SECRET, SCOPE), stringToSign(TIMESTAMP, SCOPE, canonical));
}

const bucketHeaders = { host: "examplebucket.s3.amazonaws.com", "x-amz-content-sha256": EMPTY_SHA256, "x-amz-date": TIMESTAMP };

test("the published example of GET Object has the published signature", () => {
  const headers = { ...bucketHeaders, range: "bytes=0-9" };
  assert.is(sign({ method: "GET", path: "/test.txt", headers, payloadHash: EMPTY_SHA256 }), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
});

test("the published example of PUT Object, whose key has a dollar sign, has the published signature", () => {
  const payloadHash = sha256Hex("Welcome to Amazon S3.");
  const headers = {
    ...bucketHeaders,
    date: "Fri, 24 May 2013 00:00:00 GMT",
    "x-amz-content-sha256": payloadHash,
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
  };
  const expected = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
  assert.is(sign({ method: "PUT", path: "/test$file.text", headers, payloadHash }), expected);
  assert.is(sign({ method: "PUT", path: "/test%24file.text", headers, payloadHash }), expected);
});

test("the published examples with query values have the published signatures", () => {
  assert.is(
    sign({ method: "GET", path: "/", query: [["lifecycle", ""]], headers: bucketHeaders, payloadHash: EMPTY_SHA256 }),
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  );
  assert.is(
    sign({ method: "GET", path: "/", query: [["prefix", "J"], ["max-keys", "2"]], headers: bucketHeaders, payloadHash: EMPTY_SHA256 }),
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  );
});

test("the published example of a chunked upload has the published signatures", () => {
  const seedSignature = sign({
    method: "PUT",
    path: "/examplebucket/chunkObject.txt",
    headers: {
      "content-encoding": "aws-chunked",
      "content-length": "66824",
      host: "s3.amazonaws.com",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "x-amz-date": TIMESTAMP,
      "x-amz-decoded-content-length": "66560",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
    },
    payloadHash: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  });
  assert.is(seedSignature, "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  const signer = new ChunkSigner({ key: signingKey(SECRET, SCOPE), timestamp: TIMESTAMP, scope: SCOPE, seedSignature });
  assert.is(signer.chunk(sha256Hex("a".repeat(65536))), "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
  assert.is(signer.chunk(sha256Hex("a".repeat(1024))), "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
  assert.is(signer.chunk(EMPTY_SHA256), "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
});

test("the published example of a chunked upload with a trailer has the published signatures", () => {
  const seedSignature = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
  const signer = new ChunkSigner({ key: signingKey(SECRET, SCOPE), timestamp: TIMESTAMP, scope: SCOPE, seedSignature });
  assert.is(signer.chunk(sha256Hex("a".repeat(65536))), "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2");
  assert.is(signer.chunk(sha256Hex("a".repeat(1024))), "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7");
  assert.is(signer.chunk(EMPTY_SHA256), "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992");
  assert.is(signer.trailer("x-amz-checksum-crc32c:sOO8/Q==\n"), "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435");
});

test("the published example of a presigned URL has the published signature", () => {
  const query: [string, string][] = [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"],
    ["X-Amz-Date", TIMESTAMP],
    ["X-Amz-Expires", "86400"],
    ["X-Amz-SignedHeaders", "host"],
  ];
  assert.is(
    sign({ method: "GET", path: "/test.txt", query, headers: { host: "examplebucket.s3.amazonaws.com" }, payloadHash: "UNSIGNED-PAYLOAD" }),
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  );
});

test("paths are encoded once for S3 and twice for every other service", () => {
  const request = { method: "GET", query: [], header: () => "", signedHeaders: ["host"], payloadHash: "x" };
  assert.match(canonicalRequest({ ...request, path: "/a%20b/c+d", service: "s3" }), /^GET\n\/a%20b\/c%2Bd\n/);
  assert.match(canonicalRequest({ ...request, path: "/a%3Ab", service: "lambda" }), /^GET\n\/a%253Ab\n/);
});

test("what encodeURIComponent leaves alone is percent-encoded all the same", () => {
  assert.is(uriEncode("!'()*~-._ é"), "%21%27%28%29%2A~-._%20%C3%A9");
});

test.run();
