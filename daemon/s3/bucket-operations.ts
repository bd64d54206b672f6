import { S3_LIST_KEYS_MAX, S3_XML_BYTES_MAX } from "../limits.ts";
import { bucketOf, empty, xml, type Operation } from "./context.ts";
import { refuseUnsupported } from "./headers.ts";
import { checkBucketName } from "./names.ts";
import { readText } from "./request.ts";
import { childText, element, parent, parseXml } from "./xml.ts";

/** The one owner of everything: S3 clients expect an owner, the gateway has no accounts. */
export const OWNER = parent("Owner", element("ID", "nanolambda") + element("DisplayName", "nanolambda"));

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

export const listBuckets: Operation = (s3, call) => {
  const prefix = call.query.get("prefix") ?? "";
  const after = call.query.get("continuation-token") ?? "";
  const max = Math.min(Number(call.query.get("max-buckets")) || S3_LIST_KEYS_MAX * 10, S3_LIST_KEYS_MAX * 10);
  const found = s3.objects.buckets().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = found.slice(0, max);
  const buckets = page.map(({ name, info }) =>
    parent("Bucket", element("Name", name) + element("CreationDate", isoTime(info.createdMs)) + element("BucketRegion", info.region)),
  );
  const more = found.length > page.length ? element("ContinuationToken", page.at(-1)?.name) : "";
  return xml(call, "ListAllMyBucketsResult", OWNER + parent("Buckets", buckets.join("")) + more);
};

export const createBucket: Operation = async (s3, call) => {
  const bucket = bucketOf(call);
  checkBucketName(bucket);
  refuseUnsupported(call.headers);
  const body = await readText(call.body, S3_XML_BYTES_MAX);
  const asked = body.trim() === "" ? undefined : childText(parseXml(body, "CreateBucketConfiguration"), "LocationConstraint");
  await s3.objects.createBucket(bucket, asked || s3.region);
  return empty(call, 200, { location: `/${bucket}` });
};

export const headBucket: Operation = (s3, call) => {
  const { region } = s3.objects.bucket(bucketOf(call));
  return empty(call, 200, { "x-amz-bucket-region": region });
};

/** Uploads under way go with their bucket, as only objects keep it from being deleted. */
export const deleteBucket: Operation = async (s3, call) => {
  const bucket = bucketOf(call);
  const uploads = [...s3.uploads.list(bucket)];
  await s3.objects.deleteBucket(bucket, (tx) => {
    for (const { key, uploadId } of uploads) s3.uploads.endIn(tx, { bucket, key, uploadId }, new Set());
  });
  return empty(call, 204);
};

/** us-east-1 is answered as an empty element, for reasons of history that clients rely on. */
export const getBucketLocation: Operation = (s3, call) => {
  const { region } = s3.objects.bucket(bucketOf(call));
  return xml(call, "LocationConstraint", region === "us-east-1" ? "" : region);
};
