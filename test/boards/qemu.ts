/** Boards in QEMU for tests. */
export { firmwareOf, qemuMissing, startQemu, type Machine, type Qemu, type QemuOptions } from "../../daemon/cli/qemu.ts";
