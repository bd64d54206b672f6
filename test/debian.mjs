/** The Debian packages that the tests drive: installed when this process may (root), else named in one line. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Each command a test needs, and the package that has it. */
const NEEDED = {
  "arm-none-eabi-gcc": "gcc-arm-none-eabi",
  "qemu-system-arm": "qemu-system-arm",
  "clang-14": "clang-14",
  "wasm-ld-14": "lld-14",
  "gcc": "gcc",
  "python3": "python3",
  "strace": "strace",
  "socat": "socat",
};
const FILES = { "/usr/bin/aws": "awscli", "/usr/lib/gcc/x86_64-linux-gnu/12/include/stddef.h": "gcc", "/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a": "libclang-rt-14-dev" };

/** Installs what is missing, or says what to install. */
export function installDebianPackages() {
  const missing = [...new Set([
    ...Object.entries(NEEDED).filter(([command]) => spawnSync("sh", ["-c", `command -v ${command}`]).status !== 0).map(([, name]) => name),
    ...Object.entries(FILES).filter(([file]) => !existsSync(file)).map(([, name]) => name),
  ])];
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    console.error(`some tests will be skipped; for all of them: sudo apt-get install ${missing.join(" ")}`);
    return;
  }
  console.error(`installing Debian packages: ${missing.join(" ")}`);
  const apt = (args) => spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  apt(["update", "-qq"]);
  if (apt(["install", "-y", "-qq", "--no-install-recommends", ...missing]).status !== 0) console.error(`apt-get could not install ${missing.join(" ")}; the tests that need them will be skipped`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installDebianPackages();
