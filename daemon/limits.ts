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
/** One body chunk of an S3 object: one LMDB value that with its header of 16 bytes fills 256 pages; a byte more would cost a page and half the speed. */
export const S3_CHUNK_BYTES = 1024 * 1024 - 16;
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
/** Names of boards, logs, sensors and functions on the link, in UTF-8; a board's own name has room in one page of its flash. */
export const LINK_NAME_BYTES_MAX = 64;
export const BOARD_NAME_BYTES_MAX = 31;

/** S3's own limits for one answer of a list and for one DeleteObjects. */
export const S3_LIST_KEYS_MAX = 1000;
export const S3_DELETE_KEYS_MAX = 1000;
/** S3's own limits for a multipart upload; every part but the last has at least the minimum. */
export const S3_PARTS_MAX = 10_000;
export const S3_PART_BYTES_MIN = 5 * 1024 * 1024;
/** A CompleteMultipartUpload of 10,000 parts with checksums is about 3 MiB of XML; nothing else comes near. */
export const S3_XML_BYTES_MAX = 4 * 1024 * 1024;
/** Elements inside elements of an S3 request body: Delete > Object > Key is three deep. */
export const S3_XML_DEPTH_MAX = 8;
/** The versions that a bucket's log remembers; what the newest version of each key says is kept in the index besides. */
export const S3_BUCKET_HISTORY_RECORDS = 100_000;
/** Chunks of one upload stored in one transaction, and transactions of it that wait for the disk: at most 5 MiB of memory an upload. */
export const S3_BATCH_CHUNKS = 2;
export const S3_BATCHES_MAX = 1;
/** Chunks' memory kept for the next upload. */
export const S3_SPARE_CHUNKS = 16;
/** Chunks removed in one transaction: a few milliseconds, so that removing a large object does not hold up appends. */
export const S3_SWEEP_CHUNKS = 8;

/** A request's line and headers must arrive within this time. */
export const HTTP_HEADERS_MS_MAX = 30_000;
/** An idle connection is kept this long. Clients reuse theirs; Node's 5 s would close some just as they do, and the call would fail with a reset. */
export const HTTP_KEEP_ALIVE_MS = 120_000;
/** A body that brings no byte for this long is given up (S3: RequestTimeout), however long the whole may take. */
export const HTTP_BODY_IDLE_MS_MAX = 30_000;
/** The largest body of a Lambda API request: a 50 MiB zip as base64 in JSON, and its other members. */
export const LAMBDA_BODY_BYTES_MAX = 72 * 1024 * 1024;
/** The largest body of a request to the gateway's own API: one record of a log. */
export const GATEWAY_BODY_BYTES_MAX = LOG_RECORD_BYTES_CEILING;
/** AWS's own limit between the clocks of client and service. */
export const SIGV4_SKEW_MS_MAX = 15 * 60 * 1000;
/** AWS's own limit for a presigned URL: seven days. */
export const SIGV4_EXPIRES_S_MAX = 7 * 24 * 60 * 60;
/** One line of an aws-chunked body: a size of 16 digits and a signature of 64 are 100 bytes; a trailer line may be longer. */
export const AWS_CHUNK_LINE_BYTES_MAX = 1024;
/** Trailer lines of an aws-chunked body: current SDKs send one checksum and one signature. */
export const AWS_CHUNK_TRAILERS_MAX = 16;

/** Address space of the store; LMDB takes disk only as far as there is data. */
export const STORE_MAP_BYTES = 64 * 1024 * 1024 * 1024;
/** Tables of one store: a handful by the daemon's parts; LMDB reserves a slot for each at start. */
export const STORE_TABLES_MAX = 32;
/** Pieces of work in one group commit: bounds how long the first waits for the last. */
export const STORE_WORKS_PER_COMMIT_MAX = 4096;

/** Records that a log keeps beyond its history for a trigger that lags: about a day of a reading a second. */
export const TRIGGER_LAG_RECORDS_MAX = 100_000;

/** Records that one read over HTTP returns at most: bounds the answer and the time to make it. */
export const LOG_READ_RECORDS_MAX = 1000;
/** Silence on a tail before a comment shows that it lives; proxies commonly give up after 30 to 60 s. */
export const SSE_HEARTBEAT_MS = 15_000;
/** Free bytes below which a failed write is put down to a full disk: the largest single write, a group's pages, is of this order. */
export const STORE_FREE_BYTES_MIN = 1024 * 1024;

/** Threads that run handlers at the same time; one that waits or loops occupies its own. A thread takes about 8 MB. */
export const SANDBOX_THREADS_MAX = 8;
/** Calls that wait for a thread: at a millisecond each, about a Lambda client's patience. */
export const SANDBOX_QUEUE_MAX = 10_000;
/** What a thread gets beyond a function's time before it is ended: engines stop a handler themselves long before. */
export const SANDBOX_OVERTIME_MS = 1000;
/** Warm instances in one thread: QuickJS contexts take about 1 MB each with code. */
export const SANDBOX_WARM_INSTANCES_MAX = 32;
/** Files in one zip: bounds the time to unpack; Lambda itself has no such limit. */
export const CODE_FILES_MAX = 10_000;

/** Text that one invocation may log before its oldest lines go: what a log record takes by default, many times. */
export const INVOCATION_LOG_BYTES_MAX = 256 * 1024;
/** Appends that one invocation may ask for, and their bytes together: they are held in memory until it ends. */
export const INVOCATION_APPENDS_MAX = 1000;
export const INVOCATION_APPEND_BYTES_MAX = 8 * 1024 * 1024;
/** Invocations that wait or run at once; AWS's own default, beyond which it answers 429 too. */
export const INVOCATIONS_MAX = 1000;
/** Worker threads: one is always there; more are started while others are busy for long. A worker takes about 10 MB. */
export const SANDBOX_WORKERS_MAX = 4;
/** Invocations handed to one worker at once: enough that neither side waits for messages. */
export const WORKER_CALLS_MAX = 32;
/** A worker busy this long in one piece gives its waiting invocations to others. */
export const WORKER_SLICE_MS_MAX = 20;
/** A handler that does not stop this long after its deadline has its worker ended and replaced. */
export const WORKER_GRACE_MS = 500;
/** Memory of warm instances that one worker keeps while they are idle, and their number; the least recently used goes first. */
export const WORKER_WARM_BYTES_MAX = 512 * 1024 * 1024;
export const WORKER_WARM_INSTANCES_MAX = 32;
/** Functions whose code one worker keeps. */
export const WORKER_FUNCTIONS_MAX = 64;
/** Lambda's own limit for a function's top level. */
export const FUNCTION_INIT_MS_MAX = 10_000;

/** Lambda's own limits for one page of ListFunctions, and for a client context (AWS: "Invoke"). */
export const LIST_FUNCTIONS_MAX = 50;
export const CLIENT_CONTEXT_BYTES_MAX = 3583;
/** Tries of an event invocation in all, as Lambda's; Lambda waits minutes between them, a gateway on the spot need not. */
export const EVENT_ATTEMPTS = 3;
export const EVENT_BACKOFF_MS = 1000;
/** Event invocations of one function that run at once. */
export const EVENT_BATCH = 16;
/** What a function's own log keeps; one record holds one invocation. */
export const FUNCTION_LOG_RECORDS = 1000;
export const FUNCTION_LOG_RECORD_BYTES_MAX = 1024 * 1024;
/** Log records of functions that may wait for the disk; beyond that they are dropped, for they hold up no invocation. */
export const FUNCTION_LOG_WAITING_MAX = 256;
/** Event invocations given up that are kept to look at. */
export const DEAD_LETTER_RECORDS = 10_000;
/** A dead letter: an event of the largest size, its error and names. */
export const DEAD_LETTER_BYTES_MAX = 2 * 1024 * 1024;

/** Records that one append trims at most, so that a history made much shorter costs each append only a few milliseconds. */
export const LOG_TRIM_RECORDS_MAX = 1000;
/** Bodies that one read over HTTP, a tail or a trigger takes into memory at once; a single larger record is still read. */
export const LOG_READ_BYTES_MAX = 1024 * 1024;
/** Records that a tail or a trigger reads at once. */
export const LOG_READ_AHEAD_RECORDS = 256;
/** A board's epoch and sequence number are 32 bits wide on the link; its name's length is one byte in a record. */
export const ORIGIN_NUMBER_MAX = 2 ** 32 - 1;
export const ORIGIN_BOARD_BYTES_MAX = 255;
/** Batches of one trigger whose effects wait for their commit: enough to fill a group, little to do again after a failure. */
export const TRIGGER_COMMITS_WAITING_MAX = 256;
