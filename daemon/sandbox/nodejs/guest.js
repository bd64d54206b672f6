/*
 * What a JavaScript function finds in its sandbox. Runs inside QuickJS before the function's own code is known, as one expression:
 * a function that takes the host's functions, and returns what the host calls.
 *
 * An outcome goes to the host as text: "" not yet, "=" + JSON of the result, "!" + JSON of the error, "#" out of memory, "?" the event is no JSON.
 */
(host) => {
  "use strict";
  const WRAPPER = "(function (exports, require, module, __filename, __dirname) {";
  const json = JSON.parse;
  const text = JSON.stringify;

  /** Set by `configure`. */
  let config = { handler: "", functionArn: "" };

  // ---- errors, in the shape of Node's runtime in Lambda

  const frames = (error) => {
    const stack = typeof error.stack === "string" ? error.stack : "";
    const own = stack.split("\n").filter((line) => line.trim() !== "" && !line.includes("(nanolambda:") && !line.includes("(native)"));
    return own.map((line) => line.replace(/(\/[^():]*):1:(\d+)/, (place, file, column) => (wrapped.has(file) ? `${file}:1:${column - WRAPPER.length}` : place)));
  };
  const isError = (value) => value instanceof Error || (typeof value === "object" && value !== null && typeof value.message === "string" && typeof value.name === "string");
  // QuickJS throws null when even the error finds no memory.
  const outOfMemory = (error) => (error === null ? host.isMemoryFull() : isError(error) && error.name === "InternalError" && error.message === "out of memory");
  const describeError = (error) => {
    if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
    const overflow = error.message === "stack overflow" && (error.name === "InternalError" || error.name === "SyntaxError");
    const errorType = overflow ? "RangeError" : error.name;
    const errorMessage = overflow ? "Maximum call stack size exceeded" : error.message;
    return { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`, ...frames(error).slice(0, 50)] };
  };
  const failed = (error, heading) => {
    if (outOfMemory(error)) return "#";
    const described = describeError(error);
    writeLine("ERROR", `${heading} \t${text({ errorType: described.errorType, errorMessage: described.errorMessage, stack: described.trace })}`);
    return `!${text(described)}`;
  };
  const runtimeError = (errorType, errorMessage, cause) => {
    const error = new Error(errorMessage);
    error.name = errorType;
    error.stack = isError(cause) ? cause.stack : "";
    return error;
  };

  // ---- text of values, as node:util prints them

  const quote = (value) => (value.includes("'") ? text(value) : `'${text(value).slice(1, -1).replaceAll('\\"', '"')}'`);
  const key = (name) => (typeof name === "symbol" ? `[${String(name)}]` : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));
  const brackets = (open, items, close) => {
    if (items.length === 0) return open + close;
    const line = items.join(", ");
    return line.length <= 72 && !line.includes("\n") ? `${open} ${line} ${close}` : `${open}\n  ${items.join(",\n").replaceAll("\n", "\n  ")}\n${close}`;
  };
  const inspect = (value, depth = 2, seen = []) => {
    if (typeof value === "string") return quote(value);
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function") return value.name ? `[Function: ${value.name}]` : "[Function (anonymous)]";
    if (Object.is(value, -0)) return "-0";
    if (typeof value !== "object" || value === null) return String(value);
    if (seen.includes(value)) return "[Circular *1]";
    const inner = (item) => inspect(item, depth - 1, [...seen, value]);
    if (isError(value)) return [`${value.name}: ${value.message}`, ...frames(value)].join("\n");
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise { <pending> }";
    const name = Object.getPrototypeOf(value)?.constructor?.name;
    if (depth < 0) return Array.isArray(value) ? "[Array]" : `[${name ?? "Object: null prototype"}]`;
    const rest = (items, all) => (all > items.length ? [...items, `... ${all - items.length} more items`] : items);
    if (Array.isArray(value)) return brackets("[", rest(value.slice(0, 100).map(inner), value.length), "]");
    if (ArrayBuffer.isView(value)) return `${name}(${value.length}) ${brackets("[", rest([...value.subarray(0, 100)].map(String), value.length), "]")}`;
    if (value instanceof Map) return `Map(${value.size}) ${brackets("{", [...value].map(([k, v]) => `${inner(k)} => ${inner(v)}`), "}")}`;
    if (value instanceof Set) return `Set(${value.size}) ${brackets("{", [...value].map(inner), "}")}`;
    const entries = Reflect.ownKeys(value).filter((property) => Object.prototype.propertyIsEnumerable.call(value, property));
    const plain = name === undefined ? "[Object: null prototype] " : name === "Object" ? "" : `${name} `;
    return plain + brackets("{", entries.map((property) => `${key(property)}: ${inner(value[property])}`), "}");
  };
  const format = (...values) => {
    let at = 0;
    let out = "";
    if (typeof values[0] === "string" && values.length > 1) {
      at = 1;
      out = values[0].replace(/%[sdifjoOc%]/g, (directive) => {
        if (directive === "%%") return "%";
        if (at >= values.length) return directive;
        const value = values[at++];
        switch (directive) {
          case "%s": return typeof value === "string" ? value : inspect(value, 0);
          case "%d": return typeof value === "bigint" ? `${value}n` : String(Number(value));
          case "%i": return String(parseInt(value, 10));
          case "%f": return String(parseFloat(value));
          case "%j": return String(text(value));
          case "%c": return "";
          default: return inspect(value, 4);
        }
      });
    }
    const tail = values.slice(at).map((value) => (typeof value === "string" ? value : inspect(value)));
    return at === 0 ? tail.join(" ") : [out, ...tail].join(" ");
  };

  // ---- the log

  let requestId = "";
  const write = (line) => host.log(line.replaceAll("\0", "\\0"));
  const writeLine = (level, message) => write(`${new Date().toISOString()}\t${requestId}\t${level}\t${message}\n`);
  const logger = (level) => (...values) => writeLine(level, format(...values));
  const info = logger("INFO");
  const error = logger("ERROR");
  const starts = new Map();
  const counts = new Map();
  globalThis.console = {
    log: info, info, error, warn: logger("WARN"), debug: logger("DEBUG"), dir: (value) => info(value), table: info, group: info, groupEnd() {},
    trace: (...values) => writeLine("TRACE", [`Trace: ${format(...values)}`, ...frames(new Error())].join("\n")),
    assert: (holds, ...values) => holds || error(["Assertion failed", format(...values)].filter(Boolean).join(": ")),
    count(label = "default") {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      info(`${label}: ${counts.get(label)}`);
    },
    time: (label = "default") => void starts.set(label, host.now()),
    timeEnd: (label = "default") => info(`${label}: ${(host.now() - starts.get(label)).toFixed(3)}ms`),
  };

  // ---- bytes and text

  const encodeUtf8 = (string) => {
    const bytes = [];
    for (const character of String(string)) {
      let code = character.codePointAt(0);
      if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return bytes;
  };
  /** The code point at `at` and its length in bytes; undefined where the bytes are not UTF-8 (Unicode, table 3-7). */
  const decodeOne = (bytes, at) => {
    const first = bytes[at];
    if (first < 0x80) return [first, 1];
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return undefined;
    let code = first & (0x7f >> length);
    for (let index = 1; index < length; index++) {
      if ((bytes[at + index] & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (bytes[at + index] & 63);
    }
    const least = [0, 0, 0x80, 0x800, 0x10000][length];
    return code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : [code, length];
  };
  const decodeUtf8 = (bytes, fatal = false) => {
    let out = "";
    for (let at = 0; at < bytes.length; ) {
      const one = decodeOne(bytes, at);
      if (!one && fatal) throw new TypeError("The encoded data was not valid for encoding utf-8");
      out += String.fromCodePoint(one ? one[0] : 0xfffd);
      at += one ? one[1] : 1;
    }
    return out;
  };
  const asBytes = (data) => (data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  globalThis.TextEncoder = class TextEncoder {
    encoding = "utf-8";
    encode(string = "") {
      return new Uint8Array(encodeUtf8(string));
    }
  };
  globalThis.TextDecoder = class TextDecoder {
    constructor(label = "utf-8", { fatal = false } = {}) {
      if (!/^utf-?8$/i.test(label)) throw new RangeError(`The "${label}" encoding is not supported`);
      this.encoding = "utf-8";
      this.fatal = fatal;
    }
    decode(data) {
      const decoded = data === undefined ? "" : decodeUtf8(asBytes(data), this.fatal);
      return decoded.startsWith("\ufeff") ? decoded.slice(1) : decoded;
    }
  };
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const toBase64 = (bytes) => {
    let out = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      const digits = [group >> 18, (group >> 12) & 63, (group >> 6) & 63, group & 63].map((digit) => ALPHABET[digit]).join("");
      out += at + 2 < bytes.length ? digits : digits.slice(0, bytes.length - at + 1).padEnd(4, "=");
    }
    return out;
  };
  const fromBase64 = (string) => {
    const bytes = [];
    let bits = 0;
    let held = 0;
    for (const character of string.replaceAll("-", "+").replaceAll("_", "/")) {
      const digit = ALPHABET.indexOf(character);
      if (digit < 0) continue;
      held = ((held << 6) | digit) & 0xffffff;
      bits += 6;
      if (bits >= 8) bytes.push((held >> (bits -= 8)) & 255);
    }
    return bytes;
  };
  const latin1 = (bytes) => {
    let out = "";
    for (const byte of bytes) out += String.fromCharCode(byte);
    return out;
  };
  globalThis.atob = (string) => latin1(fromBase64(String(string)));
  globalThis.btoa = (string) => toBase64([...String(string)].map((character) => {
    if (character.charCodeAt(0) > 255) throw new RangeError("Invalid character");
    return character.charCodeAt(0);
  }));

  const encodings = {
    utf8: [encodeUtf8, (bytes) => decodeUtf8(bytes)],
    base64: [fromBase64, toBase64],
    base64url: [fromBase64, (bytes) => toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")],
    hex: [(string) => (string.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16)), (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")],
    latin1: [(string) => [...string].map((character) => character.charCodeAt(0) & 255), latin1],
  };
  const encodingOf = (name = "utf8") => {
    const plain = String(name).toLowerCase().replace("utf-8", "utf8").replace(/^(binary|ascii)$/, "latin1");
    if (!encodings[plain]) throw new TypeError(`Unknown encoding: ${name}`);
    return encodings[plain];
  };
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === "string") return new Buffer(encodingOf(encoding)[0](value));
      if (value instanceof ArrayBuffer) return new Buffer(value, ...(typeof encoding === "number" ? [encoding] : []));
      return new Buffer(value?.type === "Buffer" ? value.data : value);
    }
    static alloc(size, fill = 0) {
      return new Buffer(size).fill(fill);
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static byteLength(value, encoding) {
      return typeof value === "string" ? encodingOf(encoding)[0](value).length : value.byteLength;
    }
    static concat(list) {
      const all = new Buffer(list.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const bytes of list) {
        all.set(bytes, at);
        at += bytes.length;
      }
      return all;
    }
    toString(encoding, start = 0, end = this.length) {
      return encodingOf(encoding)[1](this.subarray(start, end));
    }
    equals(other) {
      return this.length === other.length && this.every((byte, index) => byte === other[index]);
    }
    toJSON() {
      return { type: "Buffer", data: [...this] };
    }
  }
  globalThis.Buffer = Buffer;

  const clone = (value, seen) => {
    if (typeof value === "function" || typeof value === "symbol") throw new Error(`${String(value)} could not be cloned.`);
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => (seen.set(value, copy), copy);
    if (value instanceof Date) return keep(new Date(value));
    if (value instanceof RegExp) return keep(new RegExp(value));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) return keep(value.slice());
    if (value instanceof Map) return [...value].reduce((copy, [k, v]) => copy.set(clone(k, seen), clone(v, seen)), keep(new Map()));
    if (value instanceof Set) return [...value].reduce((copy, item) => copy.add(clone(item, seen)), keep(new Set()));
    const copy = keep(Array.isArray(value) ? [] : isError(value) ? Object.assign(new Error(value.message), { name: value.name }) : {});
    for (const name of Object.keys(value)) copy[name] = clone(value[name], seen);
    return copy;
  };
  globalThis.structuredClone = (value) => clone(value, new Map());

  // ---- time: the host wakes `fire` after real time

  const timers = new Map();
  let newestTimer = 0;
  const addTimer = (repeat) => (run, ms = 0, ...args) => {
    if (typeof run !== "function") throw new TypeError('The "callback" argument must be of type function');
    const id = ++newestTimer;
    const waitMs = Math.min(Math.max(Number(ms) || 0, repeat ? 1 : 0), 0x7fffffff);
    timers.set(id, { run: () => run(...args), waitMs, repeat });
    host.startTimer(id, waitMs);
    return { id, ref: () => {}, unref: () => {}, hasRef: () => true, [Symbol.toPrimitive]: () => id };
  };
  const clearTimer = (timer) => {
    const id = Number(timer);
    if (timers.delete(id)) host.stopTimer(id);
  };
  globalThis.setTimeout = addTimer(false);
  globalThis.setInterval = addTimer(true);
  globalThis.setImmediate = (run, ...args) => globalThis.setTimeout(run, 0, ...args);
  globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = clearTimer;
  globalThis.queueMicrotask ??= (run) => void Promise.resolve().then(run);
  globalThis.performance ??= { now: () => host.now() };

  const hex = (length) => host.random(length);
  globalThis.crypto = {
    randomUUID() {
      const digits = hex(16);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    getRandomValues(array) {
      asBytes(array).set(encodings.hex[0](hex(array.byteLength)));
      return array;
    },
  };

  const process = {
    env: {}, argv: ["node", "/var/task"], platform: "linux", arch: "x64", pid: 1, version: "v20.19.0", versions: { node: "20.19.0" }, exitCode: undefined,
    exit: (code) => host.exit(Number(code ?? process.exitCode ?? 0)),
    abort: () => host.exit(134),
    cwd: () => "/var/task",
    uptime: () => host.now() / 1000,
    hrtime: Object.assign(() => [Math.floor(host.now() / 1000), Math.round((host.now() % 1000) * 1e6)], { bigint: () => BigInt(Math.round(host.now() * 1e6)) }),
    nextTick: (run, ...args) => globalThis.queueMicrotask(() => run(...args)),
    emitWarning: (warning) => globalThis.console.warn(warning),
    on: () => process, once: () => process, off: () => process, emit: () => false,
    stdout: { write: (string) => (write(String(string)), true), isTTY: false },
    stderr: { write: (string) => (write(String(string)), true), isTTY: false },
  };
  globalThis.process = process;
  globalThis.global = globalThis;

  // ---- modules

  const promisify = (run) => (...args) => new Promise((resolve, reject) => run(...args, (failure, value) => (failure ? reject(failure) : resolve(value))));
  const builtins = {
    nanolambda: {
      /** Appends a JSON value to a log of the gateway; takes effect when the invocation succeeds, once. */
      append(log, value) {
        if (typeof log !== "string" || log === "") throw new TypeError("append(log, value): log is the name of a log, a string");
        const body = text(value);
        if (body === undefined) throw new TypeError("append(log, value): JSON cannot hold this value");
        host.append(log, body);
      },
    },
    buffer: { Buffer, atob: globalThis.atob, btoa: globalThis.btoa },
    process,
    util: { inspect: (value, options) => inspect(value, options?.depth ?? 2), format, promisify, TextEncoder: globalThis.TextEncoder, TextDecoder: globalThis.TextDecoder },
    timers: { setTimeout: globalThis.setTimeout, clearTimeout: clearTimer, setInterval: globalThis.setInterval, clearInterval: clearTimer, setImmediate: globalThis.setImmediate },
    "timers/promises": { setTimeout: (ms, value) => new Promise((resolve) => globalThis.setTimeout(resolve, ms, value)) },
  };
  const modules = new Map();
  /** Files whose first line begins with WRAPPER. */
  const wrapped = new Set();
  const notFound = (specifier, from) => {
    const known = Object.keys(builtins).map((name) => (name === "nanolambda" ? name : `node:${name}`)).join(", ");
    const hint = specifier.startsWith(".") || specifier.startsWith("/") ? "" : `; functions here may import files and node_modules of their zip, and ${known}`;
    const missing = new Error(`Cannot find module '${specifier}'${hint}\nRequire stack:\n- ${from}`);
    missing.code = "MODULE_NOT_FOUND";
    return missing;
  };
  const builtin = (specifier) => {
    const name = specifier.replace(/^node:/, "");
    return Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  };
  const requireFrom = (from) => (specifier) => {
    const own = builtin(specifier);
    if (own) return own;
    const path = host.resolve(specifier, from);
    if (path === undefined) throw notFound(specifier, from);
    return requirePath(path);
  };
  const run = (module, path, source) => {
    wrapped.add(path);
    const require = Object.assign(requireFrom(path), { main: module, cache: {} });
    host.compile(`${WRAPPER}${source}\n})`, path).call(module.exports, module.exports, require, module, path, path.slice(0, path.lastIndexOf("/")));
  };
  const requirePath = (path) => {
    const known = modules.get(path);
    if (known) return known.exports;
    const kind = host.kind(path);
    const source = host.source(path);
    if (source === undefined) throw notFound(path, "/var/task");
    const module = { exports: {}, id: path, filename: path, loaded: false };
    if (kind === "esm") {
      const refused = new Error(`require() of ES Module ${path} not supported.\nInstead change the require to a dynamic import().`);
      refused.code = "ERR_REQUIRE_ESM";
      throw refused;
    }
    modules.set(path, module);
    try {
      if (kind === "json") module.exports = json(source);
      else run(module, path, source);
    } catch (failure) {
      modules.delete(path);
      throw failure;
    }
    module.loaded = true;
    return module.exports;
  };
  // What the text of a synthetic ES module calls to reach a CommonJS, JSON or built-in module.
  Object.defineProperty(globalThis, "__nanolambdaRequire", { value: (specifier) => builtin(specifier) ?? requirePath(specifier) });

  const isModuleSyntax = (failure, path) => failure instanceof SyntaxError && path.endsWith(".js") && /^\s*(import|export)\b/m.test(host.source(path));
  /** A .js file without a package type is CommonJS, and an ES module when only that parses (Node.js: "Syntax detection"). */
  const loadModule = async (path) => {
    if (host.kind(path) === "esm") return import(path);
    try {
      return requirePath(path);
    } catch (failure) {
      if (!isModuleSyntax(failure, path)) throw failure;
      host.treatAsModule(path);
      return import(path);
    }
  };

  // ---- the handler

  let handler;
  const importFailure = (failure) => {
    if (isError(failure) && /^Cannot find (module|package) /.test(failure.message)) return runtimeError("Runtime.ImportModuleError", `Error: ${failure.message}`, failure);
    if (failure instanceof SyntaxError && failure.message !== "stack overflow") return runtimeError("Runtime.UserCodeSyntaxError", `SyntaxError: ${failure.message}`, failure);
    return failure;
  };
  const load = async () => {
    const [, folder, name, path] = /^(.*\/)?([^./]*)\.(.+)$/.exec(config.handler) ?? [];
    if (name === undefined) throw runtimeError("Runtime.MalformedHandlerName", "Bad handler", undefined);
    const wanted = (folder ?? "") + name;
    const file = host.resolve(`/var/task/${wanted}`, "/var/task/");
    if (file === undefined) throw runtimeError("Runtime.ImportModuleError", `Error: Cannot find module '${wanted}'\nRequire stack:\n- /var/runtime/index.mjs`, undefined);
    const loaded = await loadModule(file).catch((failure) => { throw importFailure(failure); });
    const dig = (from) => path.split(".").reduce((value, property) => value?.[property], from);
    handler = dig(loaded) ?? dig(loaded.default);
    if (handler === undefined || handler === null) throw runtimeError("Runtime.HandlerNotFound", `${config.handler} is undefined or not exported`, undefined);
    if (typeof handler !== "function") throw runtimeError("Runtime.HandlerNotFound", `${config.handler} is not a function`, undefined);
  };

  let outcome = "";
  /** Counts invocations, so that a callback of an earlier one changes nothing. */
  let turn = 0;
  /** A result that waits for the timers, as callbacks do in Node's runtime. */
  let held;

  const marshal = (value) => {
    if (value === undefined) return "=null";
    try {
      const body = text(value);
      if (body !== undefined) return `=${body}`;
      return failed(runtimeError("Runtime.MarshalError", `Unable to marshal response: a ${typeof value} is not JSON serializable`, undefined), "Invoke Error");
    } catch (failure) {
      if (outOfMemory(failure)) return "#";
      const reason = failure?.message === "circular reference" ? "Converting circular structure to JSON" : describeError(failure).errorMessage;
      return failed(runtimeError("Runtime.MarshalError", `Unable to marshal response: ${reason}`, undefined), "Invoke Error");
    }
  };
  const settle = (own, result) => {
    if (own === turn && outcome === "") outcome = result();
  };
  const contextOf = (own, deadlineMs, clientContext) => {
    const finish = (failure, value) => settle(own, () => {
      const result = () => (failure !== null && failure !== undefined ? failed(failure, "Invoke Error") : marshal(value));
      if (!context.callbackWaitsForEmptyEventLoop) return result();
      held ??= result;
      return "";
    });
    const finishNow = (failure, value) => {
      context.callbackWaitsForEmptyEventLoop = false;
      finish(failure, value);
    };
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      ...base,
      awsRequestId: requestId,
      clientContext: clientContext === "" ? undefined : json(clientContext),
      getRemainingTimeInMillis: () => Math.max(0, Math.round(deadlineMs - host.now())),
      done: finishNow,
      fail: (failure) => finishNow(failure ?? "handled"),
      succeed: (value) => finishNow(null, value),
    };
    return { context, finish };
  };
  /** What every invocation's context has. */
  let base = {};
  const describeFunction = ({ env, functionArn }) => ({
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: functionArn,
    identity: undefined,
  });
  const isPromise = (value) => typeof value?.then === "function";

  return {
    /** Runs the function's own top level and finds its handler. */
    init(configuration, id) {
      config = json(configuration);
      process.env = config.env;
      base = describeFunction(config);
      requestId = id;
      outcome = "";
      load().then(() => settle(turn, () => "=null"), (failure) => settle(turn, () => failed(failure, "Uncaught Exception")));
    },
    invoke(event, id, deadlineMs, clientContext) {
      const own = ++turn;
      requestId = id;
      outcome = "";
      held = undefined;
      let value;
      try {
        value = json(event);
      } catch (failure) {
        return outOfMemory(failure) ? "#" : "?";
      }
      try {
        const { context, finish } = contextOf(own, deadlineMs, clientContext);
        const result = handler(value, context, finish);
        if (isPromise(result)) result.then((done) => settle(own, () => marshal(done)), (failure) => settle(own, () => failed(failure, "Invoke Error")));
        // Node's runtime in Lambda drops what a handler returns that is no promise; here it counts, unless the handler takes a callback.
        else if (result !== undefined && handler.length < 3) settle(own, () => marshal(result));
      } catch (failure) {
        settle(own, () => failed(failure, "Invoke Error"));
      }
      return outcome;
    },
    outcome: () => outcome,
    /** Nothing is left to wait for: a result that waited for that, or none. */
    drained: () => outcome || (held ? held() : "=null"),
    fire(id) {
      const timer = timers.get(id);
      if (!timer) return;
      if (timer.repeat) host.startTimer(id, timer.waitMs);
      else timers.delete(id);
      try {
        timer.run();
      } catch (failure) {
        settle(turn, () => failed(failure, "Uncaught Exception"));
      }
    },
    /** Timers end with the invocation that set them. */
    clearTimers: () => timers.clear(),
    exportNames: (specifier) => text(Object.keys(globalThis.__nanolambdaRequire(specifier)).filter((name) => name !== "default" && /^[A-Za-z_$][\w$]*$/.test(name))),
  };
}
