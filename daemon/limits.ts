/** Every limit of the gateway in one place, each with its reason. Units are last in the names. */

/** Lambda's own limit for a synchronous request or response (AWS: "Lambda quotas"). */
export const INVOKE_PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;
/** Lambda's own limit for an event invocation (AWS: "Lambda quotas"). */
export const INVOKE_EVENT_BYTES_MAX = 256 * 1024;
/** Lambda's own limit for a zip sent in the request body. */
export const CODE_ZIP_BYTES_MAX = 50 * 1024 * 1024;
/** Lambda's own limit for the unzipped code; also what stops a zip bomb. */
export const CODE_UNZIPPED_BYTES_MAX = 250 * 1024 * 1024;
/** Lambda's own limits for a function's memory and time. */
export const FUNCTION_MEMORY_MB_MIN = 128;
export const FUNCTION_MEMORY_MB_MAX = 10_240;
export const FUNCTION_TIMEOUT_S_MAX = 900;
/** Lambda returns the last 4 KiB of a log in X-Amz-Log-Result. */
export const LOG_TAIL_BYTES_MAX = 4 * 1024;

/** S3's own limit for one PUT is 5 GiB; a gateway's disk and memory ask for less. */
export const S3_OBJECT_BYTES_MAX = 5 * 1024 * 1024 * 1024;
/** One body chunk of an S3 object: one LMDB value, large enough to stream fast, small enough to hold several in memory. */
export const S3_CHUNK_BYTES = 1024 * 1024;
/** S3's own limits for a key and for all user metadata together. */
export const S3_KEY_BYTES_MAX = 1024;
export const S3_USER_METADATA_BYTES_MAX = 2 * 1024;

/** A record of a log unless its log says otherwise; a log may allow up to LOG_RECORD_BYTES_CEILING. */
export const LOG_RECORD_BYTES_DEFAULT = 64 * 1024;
export const LOG_RECORD_BYTES_CEILING = 8 * 1024 * 1024;
/** Names of logs are keys of LMDB, which holds 1,978 bytes at most; this leaves room for the prefix. */
export const LOG_NAME_BYTES_MAX = 256;

/** A frame of the link, whole: a board with 64 KB of RAM keeps two of them. */
export const LINK_FRAME_BYTES_MAX = 1024;
