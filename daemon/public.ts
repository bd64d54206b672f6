/** What a configuration file may import from "nanolambda". */
export { defineConfig, type ConfigInput } from "./config.ts";
export { definePlugin, type Plugin, type PluginHost } from "./plugin.ts";
export { serial, type SerialOptions } from "../plugins/serial/index.ts";
export { tcp, type TcpOptions } from "../plugins/tcp/index.ts";
export { virtualBoard, type VirtualBoardOptions } from "../plugins/virtual-board/index.ts";
