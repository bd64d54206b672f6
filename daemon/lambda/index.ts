/** What the rest of the gateway uses of Lambda. */
export { codeResponse, createLambdaApi } from "./api.ts";
export { type ReadObject } from "./code.ts";
export { DEAD_LETTERS } from "./events.ts";
export { type FunctionRecord, logGroupOf } from "./functions.ts";
export { type Deployment, Lambda, type LambdaOptions } from "./lambda.ts";
export { nodejsRuntime, type Runtime, RUNTIMES } from "./runtimes.ts";
export { attachLogTrigger, type LogTriggerOptions } from "./triggers.ts";
export { pythonImage, pythonRuntime } from "./python-runtime.ts";
