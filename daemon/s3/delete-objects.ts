import { S3_DELETE_KEYS_MAX, S3_XML_BYTES_MAX } from "../limits.ts";
import { BodyDigest } from "./checksums.ts";
import { bucketOf, xml, type Operation } from "./context.ts";
import { S3Error } from "./error.ts";
import { checkKey } from "./names.ts";
import { readText } from "./request.ts";
import { childText, children, element, parent, parseXml } from "./xml.ts";

/** DeleteObjects: up to 1,000 keys in one transaction. */
export const deleteObjects: Operation = async (s3, call) => {
  const text = await readText(call.body, S3_XML_BYTES_MAX);
  const digest = new BodyDigest(call.headers, call.body);
  digest.update(Buffer.from(text));
  digest.finish();
  const request = parseXml(text, "Delete");
  const keys = children(request, "Object").map((object) => {
    const key = childText(object, "Key");
    if (key === undefined || key === "") throw new S3Error("MalformedXML", "Each Object of a Delete needs a Key.");
    checkKey(key);
    return key;
  });
  if (keys.length === 0 || keys.length > S3_DELETE_KEYS_MAX) {
    throw new S3Error("MalformedXML", `A Delete names from 1 to ${S3_DELETE_KEYS_MAX} objects.`);
  }
  await s3.objects.remove(bucketOf(call), keys);
  const quiet = childText(request, "Quiet") === "true";
  return xml(call, "DeleteResult", quiet ? "" : keys.map((key) => parent("Deleted", element("Key", key))).join(""));
};
