import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { S3Error } from "../s3/error.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import { ChunkSigner, sha256Hex, signingKey } from "./sigv4.ts";

const scope = { date: "20130524", region: "us-east-1", service: "s3" };
const signer = () =>
  new ChunkSigner({ key: signingKey("secret", scope), timestamp: "20130524T000000Z", scope, seedSignature: "0".repeat(64) });

/** Encodes as an SDK does, signed when a signer is given. */
function encode(chunks: readonly Uint8Array[], options: { signer?: ChunkSigner; trailers?: Record<string, string> } = {}): Buffer {
  const out: Buffer[] = [];
  for (const chunk of [...chunks.filter(({ length }) => length > 0), new Uint8Array(0)]) {
    const signed = options.signer ? `;chunk-signature=${options.signer.chunk(sha256Hex(chunk))}` : "";
    out.push(Buffer.from(`${chunk.length.toString(16)}${signed}\r\n`), Buffer.from(chunk), Buffer.from(chunk.length > 0 ? "\r\n" : ""));
  }
  const lines = Object.entries(options.trailers ?? {}).map(([name, value]) => `${name}:${value}`);
  for (const line of lines) out.push(Buffer.from(`${line}\r\n`));
  if (options.signer && lines.length > 0) {
    out.push(Buffer.from(`x-amz-trailer-signature:${options.signer.trailer(lines.map((line) => `${line}\n`).join(""))}\r\n`));
  }
  return Buffer.concat([...out, Buffer.from("\r\n")]);
}

async function* inPieces(body: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...cuts.map((cut) => cut % (body.length + 1)), body.length].sort((a, b) => a - b);
  let at = 0;
  for (const end of ends) {
    yield body.subarray(at, end);
    at = end;
  }
}

async function decode(
  body: Uint8Array,
  options: { bytes: number; cuts?: readonly number[]; signer?: ChunkSigner; trailerNames?: string[] },
): Promise<{ data: Buffer; trailers: Map<string, string> }> {
  const trailers = new Map<string, string>();
  const { signer: verifier, trailerNames = [] } = options;
  const pieces: Uint8Array[] = [];
  const decoding = { decodedBytes: options.bytes, trailerNames, trailers, ...(verifier ? { signer: verifier } : {}) };
  for await (const piece of decodeAwsChunked(inPieces(body, options.cuts ?? []), decoding)) pieces.push(piece);
  return { data: Buffer.concat(pieces), trailers };
}

async function codeOf(decoding: Promise<unknown>): Promise<string> {
  return decoding.then(
    () => "accepted",
    (thrown) => (thrown instanceof S3Error ? thrown.s3Code : `not an S3Error: ${thrown}`),
  );
}

test("a body decodes to what was encoded, however it is chunked, signed and cut into pieces", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }),
      fc.array(fc.nat(2000), { maxLength: 12 }),
      fc.boolean(),
      fc.boolean(),
      async (chunks, cuts, signed, trailing) => {
        const trailers: Record<string, string> = trailing ? { "x-amz-checksum-crc32": "AAAAAA==" } : {};
        const body = encode(chunks, { trailers, ...(signed ? { signer: signer() } : {}) });
        const data = Buffer.concat(chunks);
        const trailerNames = Object.keys(trailers);
        const decoded = await decode(body, { bytes: data.length, cuts, trailerNames, ...(signed ? { signer: signer() } : {}) });
        assert.equal(decoded.data, data);
        assert.equal(Object.fromEntries(decoded.trailers), trailers);
      },
    ),
    { numRuns: 200 },
  );
});

test("a signed body of which any byte of data, signature or trailer is changed is refused", async () => {
  const chunks = [Buffer.from("first chunk"), Buffer.from("second")];
  const trailers = { "x-amz-checksum-crc32": "AAAAAA==" };
  const body = encode(chunks, { signer: signer(), trailers });
  const options = { bytes: 17, trailerNames: Object.keys(trailers) };
  assert.is(await codeOf(decode(body, { ...options, signer: signer() })), "accepted");
  for (let at = 0; at < body.length - 2; at += 1) {
    const changed = Buffer.from(body);
    changed[at] = (changed[at] as number) ^ 0x01;
    const code = await codeOf(decode(changed, { ...options, signer: signer() }));
    assert.ok(["SignatureDoesNotMatch", "InvalidRequest", "IncompleteBody", "MalformedTrailerError"].includes(code), `${at}: ${code}`);
  }
});

test("a body that is cut short anywhere before its last line is refused", async () => {
  const body = encode([Buffer.from("hello"), Buffer.from("world")], { trailers: { "x-amz-checksum-crc32": "AAAAAA==" } });
  for (let length = 0; length < body.length - 4; length += 1) {
    const code = await codeOf(decode(body.subarray(0, length), { bytes: 10, trailerNames: ["x-amz-checksum-crc32"] }));
    assert.ok(["IncompleteBody", "MalformedTrailerError"].includes(code), `${length}: ${code}`);
  }
});

test("malformed bodies are refused with the code that says what is wrong", async () => {
  const cases: [string, number, string][] = [
    ["xyz\r\nabc\r\n0\r\n\r\n", 3, "InvalidRequest"],
    ["-3\r\nabc\r\n0\r\n\r\n", 3, "InvalidRequest"],
    ["ffffffffffffffffffff\r\nabc", 3, "InvalidRequest"],
    ["ffffffffffff\r\nabc", 3, "IncompleteBody"],
    ["3\r\nabcd\r\n0\r\n\r\n", 3, "InvalidRequest"],
    ["3\r\nabc\r\n0\r\n\r\n", 4, "IncompleteBody"],
    ["3\r\nabc\r\n0\r\n\r\n", 2, "IncompleteBody"],
    ["3\r\nabc\r\n0\r\n\r\nmore", 3, "InvalidRequest"],
    ["3\r\nabc\r\n0\r\nx-amz-meta-a:b\r\n\r\n", 3, "MalformedTrailerError"],
    [`3;${"x".repeat(5000)}\r\nabc\r\n0\r\n\r\n`, 3, "InvalidRequest"],
    ["", 0, "IncompleteBody"],
  ];
  for (const [body, bytes, code] of cases) assert.is(await codeOf(decode(Buffer.from(body), { bytes })), code, body.slice(0, 40));
});

test("a body without chunk signatures is refused where they are to be verified", async () => {
  assert.is(await codeOf(decode(encode([Buffer.from("abc")]), { bytes: 3, signer: signer() })), "SignatureDoesNotMatch");
});

test("whatever bytes come, decoding ends with the data or with an S3Error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300), { maxLength: 5 }), async (body, cuts) => {
      assert.not.match(await codeOf(decode(body, { bytes: 10, cuts })), /not an S3Error/);
    }),
  );
});

test.run();
