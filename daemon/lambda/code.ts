/** Zips: where they come from, whether they are any good, and their hash. */
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { CODE_UNZIPPED_BYTES_MAX, CODE_ZIP_BYTES_MAX } from "../limits.ts";
import { LambdaError } from "./error.ts";

export interface CodeSource {
  readonly ZipFile?: string | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
}

/** Reads an object of the gateway's own S3; undefined when there is none. */
export type ReadObject = (bucket: string, key: string) => Promise<Uint8Array | undefined>;

export interface Code {
  readonly zip: Uint8Array;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Base64, as CodeSha256. */
  readonly sha256: string;
}

/** @throws LambdaError InvalidParameterValueException */
export async function readCode(source: CodeSource, readObject: ReadObject | undefined): Promise<Code> {
  return checkZip(await bytesOf(source, readObject));
}

async function bytesOf({ ZipFile, S3Bucket, S3Key }: CodeSource, readObject: ReadObject | undefined): Promise<Uint8Array> {
  if (ZipFile !== undefined) return Buffer.from(ZipFile, "base64");
  if (S3Bucket === undefined || S3Key === undefined) throw refused("Please provide a source for function code.");
  if (!readObject) throw refused("This gateway reads no code from S3; send the zip itself (ZipFile).");
  const bytes = await readObject(S3Bucket, S3Key);
  if (!bytes) throw refused(`Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: There is no ${S3Key} in the bucket ${S3Bucket}.`);
  return bytes;
}

/** @throws LambdaError InvalidParameterValueException for what is no zip, is empty, or unpacks to too much */
export function checkZip(zip: Uint8Array): Code {
  if (zip.length > CODE_ZIP_BYTES_MAX) throw refused(`Zip file size must be smaller than ${CODE_ZIP_BYTES_MAX} bytes`);
  let bytes = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, {
      filter({ name, originalSize }) {
        bytes += originalSize;
        if (bytes > CODE_UNZIPPED_BYTES_MAX) throw refused(`Unzipped size must be smaller than ${CODE_UNZIPPED_BYTES_MAX} bytes`);
        return !name.endsWith("/");
      },
    });
  } catch (cause) {
    if (cause instanceof LambdaError) throw cause;
    throw new LambdaError("InvalidParameterValueException", "Could not unzip uploaded file. Please check your file, then try to upload again.", { cause });
  }
  if (Object.keys(files).length === 0) throw refused("Uploaded file must be a non-empty zip");
  return { zip, files, sha256: createHash("sha256").update(zip).digest("base64") };
}

function refused(message: string): LambdaError {
  return new LambdaError("InvalidParameterValueException", message);
}
