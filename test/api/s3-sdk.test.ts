import {
  AbortMultipartUploadCommand, ChecksumAlgorithm, CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand,
  DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetBucketLocationCommand, GetBucketVersioningCommand, GetObjectCommand,
  HeadBucketCommand, HeadObjectCommand, ListBucketsCommand, ListMultipartUploadsCommand, ListObjectsCommand, ListObjectsV2Command, ListPartsCommand,
  PutObjectCommand, S3Client, S3ServiceException, UploadPartCommand, UploadPartCopyCommand, paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startS3Gateway, type S3Gateway } from "./s3-gateway.ts";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret/+=" };
const Bucket = "readings";
let gateway: S3Gateway;
let s3: S3Client;

function clientOf(url: string, credentials = CREDENTIALS): S3Client {
  return new S3Client({ endpoint: url, region: "us-east-1", credentials, forcePathStyle: true, maxAttempts: 1 });
}

/** The name and status of the error a command ends with. */
async function failure(command: Promise<unknown>): Promise<string> {
  return command.then(
    () => "succeeded",
    (thrown) => (thrown instanceof S3ServiceException ? `${thrown.name} ${thrown.$metadata.httpStatusCode}` : String(thrown)),
  );
}

async function textOf(Key: string, more: object = {}): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? "";
}

test.before(async () => {
  gateway = await startS3Gateway({ credentials: [CREDENTIALS] });
  s3 = clientOf(gateway.url);
  await s3.send(new CreateBucketCommand({ Bucket }));
});

test.after(async () => {
  s3.destroy();
  await gateway.remove();
});

test("buckets are created, headed, listed and deleted", async () => {
  await s3.send(new CreateBucketCommand({ Bucket: "second", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }));
  assert.is((await s3.send(new HeadBucketCommand({ Bucket: "second" }))).BucketRegion, "eu-west-1");
  assert.equal((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name), [Bucket, "second"]);
  assert.is((await s3.send(new GetBucketLocationCommand({ Bucket: "second" }))).LocationConstraint, "eu-west-1");
  await s3.send(new PutObjectCommand({ Bucket: "second", Key: "k", Body: "v" }));
  assert.is(await failure(s3.send(new DeleteBucketCommand({ Bucket: "second" }))), "BucketNotEmpty 409");
  await s3.send(new DeleteObjectCommand({ Bucket: "second", Key: "k" }));
  await s3.send(new DeleteBucketCommand({ Bucket: "second" }));
  assert.is(await failure(s3.send(new HeadBucketCommand({ Bucket: "second" }))), "NotFound 404");
  assert.is(await failure(s3.send(new CreateBucketCommand({ Bucket: "Upper_Case" }))), "InvalidBucketName 400");
});

test("bodies of every kind and size come back as they were sent, with any checksum the SDK can compute", async () => {
  const sizes = [0, 1, 1023, 65_537, 1024 * 1024, 1024 * 1024 + 1, 3_500_000];
  for (const [index, size] of sizes.entries()) {
    const data = randomBytes(size);
    const algorithm = Object.values(ChecksumAlgorithm)[index % 5];
    assert.ok(algorithm);
    await s3.send(new PutObjectCommand({ Bucket, Key: `size-${size}`, Body: data, ChecksumAlgorithm: algorithm }));
    // The SDK compares the checksum that comes back with the bytes it received.
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: `size-${size}`, ChecksumMode: "ENABLED" }));
    assert.ok(data.equals((await got.Body?.transformToByteArray()) ?? new Uint8Array(1)), `${size} ${algorithm}`);
    assert.is(got.ContentLength, size);
  }
});

test("a stream of unknown content is sent in signed or unsigned chunks and stored decoded", async () => {
  const data = randomBytes(300_000);
  const Body = Readable.from([data.subarray(0, 100), data.subarray(100, 200_000), data.subarray(200_000)]);
  await s3.send(new PutObjectCommand({ Bucket, Key: "stream", Body, ContentLength: data.length, ContentEncoding: "gzip" }));
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "stream" }));
  assert.is(head.ContentEncoding, "gzip");
  assert.is(head.ContentLength, data.length);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "stream" }));
  assert.ok(data.equals((await got.Body?.transformToByteArray()) ?? new Uint8Array()));
});

test("an object's headers and metadata are kept, and a signed GET can override them", async () => {
  const Expires = new Date("2030-01-01T00:00:00Z");
  const headers = { ContentType: "text/csv", CacheControl: "no-cache", ContentDisposition: 'attachment; filename="a.csv"', ContentLanguage: "en, de" };
  await s3.send(new PutObjectCommand({ Bucket, Key: "headed", Body: "1,2", ...headers, Expires, Metadata: { board: "motor-1" } }));
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "headed" }));
  for (const [name, value] of Object.entries(headers)) assert.is(head[name as keyof typeof headers], value);
  assert.is(head.ExpiresString, Expires.toUTCString());
  assert.equal(head.Metadata, { board: "motor-1" });
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "headed", ResponseContentType: "text/plain" }));
  assert.is(got.ContentType, "text/plain");
});

test("checksums and MD5s that do not fit are refused, and the object before stays", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "checked", Body: "before" }));
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "checked", Body: "after", ChecksumCRC32: "AAAAAA==" }))), "BadDigest 400");
  const ContentMD5 = Buffer.alloc(16).toString("base64");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "checked", Body: "after", ContentMD5 }))), "BadDigest 400");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "checked", Body: "after", ContentMD5: "short" }))), "InvalidDigest 400");
  assert.is(await textOf("checked"), "before");
});

test("reads and writes can be conditional", async () => {
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "conditional", Body: "one", IfNoneMatch: "*" }));
  const again = new PutObjectCommand({ Bucket, Key: "conditional", Body: "two", IfNoneMatch: "*" });
  assert.is(await failure(s3.send(again)), "PreconditionFailed 412");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "conditional", Body: "two", IfMatch: '"other"' }))), "PreconditionFailed 412");
  assert.is(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "conditional", IfNoneMatch: ETag }))), "Unknown 304");
  assert.is(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "conditional", IfMatch: '"other"' }))), "PreconditionFailed 412");
  await s3.send(new PutObjectCommand({ Bucket, Key: "conditional", Body: "two", IfMatch: ETag }));
  assert.is(await textOf("conditional"), "two");
});

test("of many writers that all want to create an object exactly one succeeds", async () => {
  const tries = Array.from({ length: 10 }, (_, index) =>
    failure(s3.send(new PutObjectCommand({ Bucket, Key: "raced", Body: `writer ${index}`, IfNoneMatch: "*" }))),
  );
  const results = await Promise.all(tries);
  assert.is(results.filter((result) => result === "succeeded").length, 1);
});

test("ranges are answered with 206 and their place, what is beyond the end with 416", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "ranged", Body: "0123456789" }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "ranged", Range: "bytes=-3" }));
  assert.is(got.ContentRange, "bytes 7-9/10");
  assert.is(await got.Body?.transformToString(), "789");
  assert.is(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "ranged", Range: "bytes=10-" }))), "InvalidRange 416");
});

test("lists are paged, rolled up, bounded and encoded as S3 does", async () => {
  const Bucket = "lists";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const keys = ["a", "b/1", "b/2", "c d+e%/ü", "z"];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const found: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) found.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ""));
  assert.equal(found, keys);
  const rolled = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/" }));
  assert.equal(rolled.Contents?.map(({ Key }) => Key), ["a", "z"]);
  assert.equal(rolled.CommonPrefixes?.map(({ Prefix }) => Prefix), ["b/", "c d+e%/"]);
  assert.is(rolled.KeyCount, 4);
  const after = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: "b/1", MaxKeys: 1, FetchOwner: true }));
  assert.equal(after.Contents?.map(({ Key, Owner }) => [Key, Owner?.ID]), [["b/2", "nanolambda"]]);
  assert.is(after.IsTruncated, true);
  const encoded = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "c", EncodingType: "url" }));
  assert.is(encoded.Contents?.[0]?.Key, "c%20d%2Be%25/%C3%BC");
  const old = await s3.send(new ListObjectsCommand({ Bucket, Marker: "a", MaxKeys: 2 }));
  assert.equal(old.Contents?.map(({ Key }) => Key), ["b/1", "b/2"]);
  assert.is(old.NextMarker, "b/2");
  assert.is((await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).IsTruncated, false);
  assert.is(await failure(s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "no token" }))), "InvalidArgument 400");
});

test("objects are copied with their metadata or with new ones, onto themselves only with new ones", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "source ü", Body: "copied", ContentType: "text/x", Metadata: { a: "1" } }));
  const CopySource = `${Bucket}/${encodeURIComponent("source ü")}`;
  const copy = await s3.send(new CopyObjectCommand({ Bucket, Key: "target", CopySource }));
  assert.match(copy.CopyObjectResult?.ETag ?? "", /^"[0-9a-f]{32}"$/);
  assert.equal((await s3.send(new HeadObjectCommand({ Bucket, Key: "target" }))).Metadata, { a: "1" });
  assert.is(await failure(s3.send(new CopyObjectCommand({ Bucket, Key: "source ü", CopySource }))), "InvalidRequest 400");
  await s3.send(new CopyObjectCommand({ Bucket, Key: "source ü", CopySource, MetadataDirective: "REPLACE", Metadata: { b: "2" } }));
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "source ü" }));
  assert.equal(head.Metadata, { b: "2" });
  assert.is(await textOf("source ü"), "copied");
  assert.is(await failure(s3.send(new CopyObjectCommand({ Bucket, Key: "x", CopySource: `${Bucket}/none` }))), "NoSuchKey 404");
  assert.is(await failure(s3.send(new CopyObjectCommand({ Bucket, Key: "x", CopySource, CopySourceIfMatch: '"other"' }))), "PreconditionFailed 412");
});

test("many objects are deleted at once, whatever their keys", async () => {
  const keys = ["del/<&>\"'", "del/ü \u{1f600}", "del/plain"];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  const deleted = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...keys, "del/never"].map((Key) => ({ Key })) } }));
  assert.equal(deleted.Deleted?.map(({ Key }) => Key), [...keys, "del/never"]);
  assert.is((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "del/" }))).KeyCount, 0);
});

test("an upload in parts is one object, of the parts that its completion lists", async () => {
  const parts = [randomBytes(5 * 1024 * 1024), randomBytes(5 * 1024 * 1024 + 3), randomBytes(10)];
  const Key = "multipart";
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: "CRC64NVME", Metadata: { board: "b" } }));
  const Parts: { PartNumber: number; ETag?: string }[] = [];
  for (const [index, Body] of parts.entries()) {
    const PartNumber = index + 2;
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm: "CRC64NVME" }));
    Parts.push({ PartNumber, ...(ETag === undefined ? {} : { ETag }) });
  }
  await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 9, Body: "not listed", ChecksumAlgorithm: "CRC64NVME" }));
  const listed = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
  assert.equal(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]), [[2, 5242880], [3, 5242883]]);
  assert.is(listed.IsTruncated, true);
  assert.is(await failure(s3.send(new HeadObjectCommand({ Bucket, Key }))), "NotFound 404");
  const done = await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  assert.match(done.ETag ?? "", /^"[0-9a-f]{32}-3"$/);
  // The SDK verifies the combined checksum of the whole.
  const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
  assert.is(got.ChecksumType, "FULL_OBJECT");
  assert.equal(got.Metadata, { board: "b" });
  assert.ok(Buffer.concat(parts).equals((await got.Body?.transformToByteArray()) ?? new Uint8Array()));
  const across = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=5242870-5242890" }));
  assert.ok(Buffer.concat(parts).subarray(5242870, 5242891).equals((await across.Body?.transformToByteArray()) ?? new Uint8Array()));
  const second = await s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 3 }));
  assert.is(second.PartsCount, 3);
  assert.is(second.ContentRange, "bytes 10485763-10485772/10485773");
  assert.is(await failure(s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))), "NoSuchUpload 404");
});

test("an upload in parts is refused when a part is missing, too small, out of order or not as listed", async () => {
  const Key = "bad-multipart";
  await s3.send(new PutObjectCommand({ Bucket, Key: "small", Body: "copied part" }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const one = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "small" }));
  const two = await s3.send(new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber: 2, CopySource: `${Bucket}/small`, CopySourceRange: "bytes=0-5" }));
  const first = { PartNumber: 1, ETag: one.ETag };
  const second = { PartNumber: 2, ETag: two.CopyPartResult?.ETag };
  const complete = (Parts: object[]) => failure(s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } })));
  assert.is(await complete([first, second]), "EntityTooSmall 400");
  assert.is(await complete([second, first]), "InvalidPartOrder 400");
  assert.is(await complete([{ PartNumber: 1, ETag: '"other"' }]), "InvalidPart 400");
  assert.is(await complete([first, { PartNumber: 3, ETag: one.ETag }]), "InvalidPart 400");
  assert.is(await complete([]), "MalformedXML 400");
  assert.equal((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map((upload) => upload.Key), [Key]);
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  assert.is(await complete([first]), "NoSuchUpload 404");
  assert.is((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
});

test("what the gateway does not have is refused as NotImplemented, never ignored", async () => {
  assert.is(await failure(s3.send(new GetBucketVersioningCommand({ Bucket }))), "NotImplemented 501");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x", ACL: "public-read" }))), "NotImplemented 501");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x", ServerSideEncryption: "AES256" }))), "NotImplemented 501");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x", StorageClass: "GLACIER" }))), "InvalidStorageClass 400");
  assert.is(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "x", VersionId: "1" }))), "NotImplemented 501");
});

test("keys may be anything of up to 1,024 bytes, metadata up to 2 KiB", async () => {
  for (const Key of ["a//b", "../up/./x", "/leading", "trailing/", "%41%2F", "a\\b", "k".repeat(1024), "\u{1f600}?#&=+ "]) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    assert.is(await textOf(Key), Key);
    assert.equal((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))).Contents?.[0]?.Key, Key);
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "k".repeat(1025), Body: "" }))), "KeyTooLongError 400");
  assert.is(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "", Metadata: { a: "x".repeat(2048) } }))), "MetadataTooLarge 400");
});

test("a wrong secret and an unknown key are told apart", async () => {
  const wrong = clientOf(gateway.url, { ...CREDENTIALS, secretAccessKey: "wrong" });
  assert.is(await failure(wrong.send(new ListBucketsCommand({}))), "SignatureDoesNotMatch 403");
  const unknown = clientOf(gateway.url, { ...CREDENTIALS, accessKeyId: "AKIDUNKNOWN" });
  assert.is(await failure(unknown.send(new ListBucketsCommand({}))), "InvalidAccessKeyId 403");
});

test("nothing that happened here was an internal error", () => {
  assert.equal(gateway.errors, []);
});

test.run();
