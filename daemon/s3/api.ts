/** The S3 API: which operation a request asks for. */
import type { Logs } from "../log/index.ts";
import type { Store } from "../store.ts";
import type { World } from "../world.ts";
import { Bodies } from "./bodies.ts";
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from "./bucket-operations.ts";
import type { Operation, S3Context } from "./context.ts";
import { copyObject } from "./copy.ts";
import { deleteObjects } from "./delete-objects.ts";
import { S3Error } from "./error.ts";
import { listObjects, listObjectsV2 } from "./list-operations.ts";
import {
  abortMultipartUpload, completeMultipartUpload, createMultipartUpload, listMultipartUploads, listParts, uploadPart, uploadPartCopy,
} from "./multipart-operations.ts";
import { deleteObject, getObject, getObjectTagging, headObject, putObject } from "./object-operations.ts";
import { Objects } from "./objects.ts";
import { callOf, type S3Call, type S3Request } from "./request.ts";
import { Uploads } from "./uploads.ts";

export interface S3Options {
  readonly store: Store;
  readonly logs: Logs;
  readonly world: World;
  /** Region of buckets that are created without one. */
  readonly region: string;
}

export interface S3Api {
  /** @throws S3Error for the HTTP edge to answer */
  (request: S3Request): Promise<Response>;
  /** Ends background work; to be awaited before the store is closed. */
  close(): Promise<void>;
}

export function createS3Api(options: S3Options): S3Api {
  const { store, logs, world, region } = options;
  const bodies = new Bodies(store, world);
  const objects = new Objects({ store, logs, world, bodies });
  const s3: S3Context = { world, region, bodies, objects, uploads: new Uploads({ store, world, bodies }) };
  const handle = async (request: S3Request): Promise<Response> => {
    const call = callOf(request);
    return operationOf(call)(s3, call);
  };
  const close = async (): Promise<void> => {
    await objects.close();
    await bodies.close();
  };
  return Object.assign(handle, { close });
}

/** Query names that say which operation is meant, and belong to none that the gateway has. */
const ABSENT = new Set([
  "accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle",
  "logging", "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "renameObject",
  "replication", "requestPayment", "restore", "retention", "select", "session", "tagging", "torrent", "versionId", "versioning", "versions",
  "website",
]);

function operationOf(call: S3Call): Operation {
  const { method, query, key } = call;
  if (method === "GET" && key !== undefined && query.has("tagging")) return getObjectTagging;
  const absent = [...query.keys()].find((name) => ABSENT.has(name));
  if (absent !== undefined) {
    throw new S3Error("NotImplemented", `A header or query you provided implies functionality that is not implemented: ?${absent}.`, { fields: { Query: absent } });
  }
  const operation = call.bucket === undefined ? onService(call) : call.key === undefined ? onBucket(call) : onObject(call);
  if (operation) return operation;
  throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", { fields: { Method: call.method } });
}

function onService(call: S3Call): Operation | undefined {
  return call.method === "GET" ? listBuckets : undefined;
}

function onBucket({ method, query }: S3Call): Operation | undefined {
  switch (method) {
    case "GET":
      if (query.has("location")) return getBucketLocation;
      if (query.has("uploads")) return listMultipartUploads;
      return query.get("list-type") === "2" ? listObjectsV2 : listObjects;
    case "HEAD":
      return headBucket;
    case "PUT":
      return createBucket;
    case "DELETE":
      return deleteBucket;
    case "POST":
      return query.has("delete") ? deleteObjects : undefined;
    default:
      return undefined;
  }
}

function onObject({ method, query, headers }: S3Call): Operation | undefined {
  const copies = headers.has("x-amz-copy-source");
  switch (method) {
    case "GET":
      return query.has("uploadId") ? listParts : getObject;
    case "HEAD":
      return headObject;
    case "PUT":
      if (query.has("uploadId")) return copies ? uploadPartCopy : uploadPart;
      return copies ? copyObject : putObject;
    case "DELETE":
      return query.has("uploadId") ? abortMultipartUpload : deleteObject;
    case "POST":
      if (query.has("uploads")) return createMultipartUpload;
      return query.has("uploadId") ? completeMultipartUpload : undefined;
    default:
      return undefined;
  }
}
