/**
 * Loads the native addons of lmdb and serialport in the packaged executable, in place of the packages' own loaders: a file inside the
 * executable cannot be loaded by the system, so it is written once to a cache folder under a name that holds its hash.
 */
"use strict";
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { homedir, tmpdir } = require("node:os");
const { join } = require("node:path");

/** The first of the usual places that can be written. */
function cacheFolder() {
  const places = [process.env.NANOLAMBDA_CACHE, process.env.XDG_CACHE_HOME && join(process.env.XDG_CACHE_HOME, "nanolambda"), join(homedir() || "/", ".cache/nanolambda"), join(tmpdir(), `nanolambda-${process.getuid?.() ?? 0}`)];
  for (const place of places) {
    if (!place) continue;
    try {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      return place;
    } catch { /* the next */ }
  }
  throw new Error("there is no folder to unpack native addons to: set NANOLAMBDA_CACHE to one that can be written");
}

exports.loadAddon = function loadAddon(name) {
  const bytes = readFileSync(join(__dirname, "assets", name));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const file = join(cacheFolder(), `${name}-${hash}.node`);
  if (!existsSync(file)) {
    const part = `${file}.${process.pid}`;
    writeFileSync(part, bytes, { mode: 0o755 });
    renameSync(part, file);
  }
  const module = { exports: {} };
  process.dlopen(module, file);
  return module.exports;
};
