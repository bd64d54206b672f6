import { randomBytes } from "node:crypto";
import { cp, mkdtemp } from "node:fs/promises";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startS3Gateway, type S3Gateway } from "./s3-gateway.ts";

let gateway: S3Gateway;
const MIB = 1024 * 1024;

async function until(holds: () => boolean): Promise<void> {
  for (const startedMs = Date.now(); !holds(); await turn()) assert.ok(Date.now() - startedMs < 10_000, "it never came true");
}

async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${/<Code>(.*)<\/Code>/.exec(await response.text())?.[1] ?? ""}`;
}

/** Sends raw bytes; the socket stays open. */
async function open(text: string, body: Uint8Array = new Uint8Array(0)): Promise<Socket> {
  const socket = connect(gateway.port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(text);
  socket.write(body);
  return socket;
}

/** Everything the gateway answers until it closes the connection. */
async function answer(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (data) => (text += data.toString("latin1")));
  await new Promise((resolve) => socket.once("close", resolve));
  return text;
}

const put = (path: string, bytes: number) => `PUT ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${bytes}\r\n\r\n`;

test.before(async () => {
  gateway = await startS3Gateway();
  assert.is((await fetch(`${gateway.url}/bucket`, { method: "PUT" })).status, 200);
});

test.after(() => gateway.remove());

test("an upload whose client goes away leaves nothing", async () => {
  const socket = await open(put("/bucket/half", 8 * MIB), randomBytes(5 * MIB));
  await until(() => gateway.chunks() >= 4);
  assert.is(await codeOf(await fetch(`${gateway.url}/bucket/half`)), "404 NoSuchKey");
  socket.destroy();
  await until(() => gateway.chunks() === 0);
});

test("an upload that a crash ends is not visible afterwards, and its chunks are reclaimed by the next start", async () => {
  const whole = randomBytes(2 * MIB + 7);
  await fetch(`${gateway.url}/bucket/whole`, { method: "PUT", body: whole });
  const socket = await open(put("/bucket/half", 8 * MIB), randomBytes(5 * MIB));
  await until(() => gateway.chunks() >= 3 + 4);
  // The files as they are now are what a crash would leave.
  const dir = await mkdtemp(join(tmpdir(), "nanolambda-s3-crash-"));
  await cp(gateway.dir, dir, { recursive: true });
  socket.destroy();
  const after = await startS3Gateway({ dir });
  try {
    await until(() => after.chunks() === 3);
    assert.is(await codeOf(await fetch(`${after.url}/bucket/half`)), "404 NoSuchKey");
    assert.ok(whole.equals(Buffer.from(await (await fetch(`${after.url}/bucket/whole`)).arrayBuffer())));
    await fetch(`${after.url}/bucket/new`, { method: "PUT", body: "new bodies do not take the place of old ones" });
    assert.ok(whole.equals(Buffer.from(await (await fetch(`${after.url}/bucket/whole`)).arrayBuffer())));
  } finally {
    await after.remove();
  }
  await fetch(`${gateway.url}/bucket/whole`, { method: "DELETE" });
  await until(() => gateway.chunks() === 0);
});

test("an object that is replaced and deleted while it is read is read to its end, and then reclaimed", async () => {
  const old = randomBytes(24 * MIB);
  await fetch(`${gateway.url}/bucket/read`, { method: "PUT", body: old });
  const response = await fetch(`${gateway.url}/bucket/read`);
  await fetch(`${gateway.url}/bucket/read`, { method: "PUT", body: "new" });
  await fetch(`${gateway.url}/bucket/read`, { method: "DELETE" });
  assert.ok(old.equals(Buffer.from(await response.arrayBuffer())));
  await until(() => gateway.chunks() === 0);
});

test("a reader that goes away lets go of the object", async () => {
  await fetch(`${gateway.url}/bucket/left`, { method: "PUT", body: randomBytes(24 * MIB) });
  const reader = (await fetch(`${gateway.url}/bucket/left`)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await fetch(`${gateway.url}/bucket/left`, { method: "DELETE" });
  await until(() => gateway.chunks() === 0);
});

test("a request that is refused before its body is read is answered all the same", async () => {
  const body = randomBytes(12 * MIB);
  assert.is(await codeOf(await fetch(`${gateway.url}/nowhere/key`, { method: "PUT", body })), "404 NoSuchBucket");
  assert.is(await codeOf(await fetch(`${gateway.url}/bucket/key`, { method: "PUT", body, headers: { "content-md5": "?" } })), "400 InvalidDigest");
  assert.is(gateway.chunks(), 0);
});

test("what is no HTTP, or not of its length, is refused and harms nobody else", async () => {
  assert.match(await answer(await open("NONSENSE\r\n\r\n")), /^HTTP\/1\.1 400/);
  assert.match(await answer(await open("PUT /bucket/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n")), /^HTTP\/1\.1 400/);
  assert.match(await answer(await open(`GET /bucket HTTP/1.1\r\nHost: localhost\r\nx: ${"y".repeat(100_000)}\r\n\r\n`)), /^HTTP\/1\.1 431/);
  assert.match(await answer(await open("PUT /bucket/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")), /^HTTP\/1\.1 400/);
  const cut = await open(put("/bucket/cut", 100), Buffer.from("only this"));
  cut.end();
  await answer(cut);
  assert.is(await codeOf(await fetch(`${gateway.url}/bucket/cut`)), "404 NoSuchKey");
});

test("malformed aws-chunked bodies and lengths are refused over the wire", async () => {
  const headers = { "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "content-encoding": "aws-chunked", "x-amz-trailer": "x-amz-checksum-crc32" };
  const send = async (body: string, decoded: string | undefined) => {
    const length: Record<string, string> = decoded === undefined ? {} : { "x-amz-decoded-content-length": decoded };
    return codeOf(await fetch(`${gateway.url}/bucket/chunked`, { method: "PUT", body, headers: { ...headers, ...length } }));
  };
  assert.is(await send("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "5"), "200 ");
  assert.is(await send("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "5"), "400 BadDigest");
  assert.is(await send("5\r\nhello\r\n0\r\n\r\n", "5"), "400 MalformedTrailerError");
  assert.is(await send("hello\r\n", "5"), "400 InvalidRequest");
  assert.is(await send("5\r\nhel", "5"), "400 IncompleteBody");
  assert.is(await send("5\r\nhello\r\n0\r\n\r\n", undefined), "411 MissingContentLength");
  assert.is(await send("5\r\nhello\r\n0\r\n\r\n", "999999999999"), "400 EntityTooLarge");
  assert.is(await send("5\r\nhello\r\n0\r\n\r\n", "five"), "400 InvalidArgument");
});

test("hostile XML is refused", async () => {
  const send = async (body: string) => codeOf(await fetch(`${gateway.url}/bucket?delete`, { method: "POST", body }));
  assert.is(await send('<!DOCTYPE x [<!ENTITY a "aaaa">]><Delete><Object><Key>&a;</Key></Object></Delete>'), "400 MalformedXML");
  assert.is(await send("<Delete>".repeat(200_000)), "400 MalformedXML");
  assert.is(await send("x".repeat(5 * MIB)), "400 MaxMessageLengthExceeded");
  assert.is(await send(`<Delete>${"<Object><Key>k</Key></Object>".repeat(1001)}</Delete>`), "400 MalformedXML");
  assert.is(await send("<Delete><Object><Key></Key></Object></Delete>"), "400 MalformedXML");
});

test("a bucket is also reached by its name under localhost, and keys keep their dots", async () => {
  await fetch(`${gateway.url}/bucket/hosted`, { method: "PUT", body: "by host" });
  const get = (path: string, host: string) =>
    new Promise<string>((resolve, reject) => {
      const sent = request({ port: gateway.port, host: "127.0.0.1", path, headers: { host } }, (response) => {
        let text = "";
        response.on("data", (data) => (text += data)).on("end", () => resolve(text));
      });
      sent.on("error", reject).end();
    });
  assert.is(await get("/hosted", "bucket.localhost:1234"), "by host");
  assert.match(await answer(await open(`${put("/bucket/a/../b//c", 4)}dots`)), /^HTTP\/1\.1 200/);
  assert.is(await get("/bucket/a/../b//c", "localhost"), "dots");
  assert.match(await get("/bucket/b//c", "localhost"), /NoSuchKey/);
});

test("a HEAD answers what a GET would, without the body", async () => {
  await fetch(`${gateway.url}/bucket/headed`, { method: "PUT", body: "12345", headers: { "content-type": "text/plain" } });
  const head = await fetch(`${gateway.url}/bucket/headed`, { method: "HEAD" });
  const got = await fetch(`${gateway.url}/bucket/headed`);
  for (const name of ["content-length", "content-type", "etag", "last-modified", "accept-ranges"]) assert.is(head.headers.get(name), got.headers.get(name), name);
  assert.is(head.headers.get("content-length"), "5");
  assert.is(await head.text(), "");
  assert.is((await fetch(`${gateway.url}/bucket/none`, { method: "HEAD" })).status, 404);
});

test("buckets made and removed at once by many end in one of the states that one after the other allows", async () => {
  const tries = Array.from({ length: 12 }, (_, index) => fetch(`${gateway.url}/contested`, { method: index % 2 ? "DELETE" : "PUT" }));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  assert.ok(statuses.every((status) => [200, 204, 404, 409].includes(status)), statuses.join());
  const made = statuses.filter((status) => status === 200).length - statuses.filter((status) => status === 204).length;
  assert.is((await fetch(`${gateway.url}/contested`, { method: "HEAD" })).status, made === 1 ? 200 : 404);
});

test("nothing that happened here was an internal error", () => {
  assert.equal(gateway.errors, []);
});

test.run();
