#!/usr/bin/env node
/** The command line. Each command's work is in a file of cli/. */
import { Command, InvalidArgumentError, Option } from "commander";
import { compile } from "./cli/compile.ts";
import { call, type CallOptions } from "./cli/call.ts";
import { DEFAULT_ENDPOINT } from "./cli/client.ts";
import { PORT_NAMES } from "./cli/ports.ts";
import { boards, deploy, doctor, functions, invoke, logs, tail } from "./cli/remote.ts";
import { run, type RunOptions } from "./cli/run.ts";
import { LOG_LEVELS } from "./cli/terminal.ts";
import { up } from "./cli/up.ts";
import { GatewayError, messageOf } from "./errors.ts";

function natural(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("it is a natural number.");
  return Number(text);
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const board = (): Option => new Option("--board <port>", "where it runs").choices(PORT_NAMES).default("wasm");

/** The whole command line. */
export function program(): Command {
  const root = new Command("nanolambda").description("Functions as a service at every scale of the Internet of Things").showHelpAfterError("(nanolambda --help lists the commands)");
  root.command("up").description("run the gateway")
    .option("--config <file>", "configuration; nanolambda.config.ts here when there is one")
    .option("--data <dir>", "data folder, in place of the configuration's")
    .option("--listen <host:port>", "address, in place of the configuration's; port 0 takes any free one")
    .option("--sensor <name=file.csv>", "a recording for a virtual board's sensor", collect, [])
    .addOption(new Option("--log-level <level>", "what the log on stderr holds").choices(LOG_LEVELS).default("warn"))
    .option("--json", "print JSON lines")
    .action(up);
  root.command("run").description("run a Python program as a script").argument("<file.py>").addOption(board())
    .option("--fuel <n>", "stop after so many calls and loop turns", natural).option("--memory <bytes>", "size of the arena", natural)
    .action(async (file: string, options: RunOptions) => { process.exitCode = await run(file, options); });
  root.command("call").description("call a Python handler").argument("<file.py>").argument("<handler>").requiredOption("--event <json>", "the event").addOption(board())
    .option("--repeat <n>", "call it so often", natural).option("--fuel <n>", "stop after so many calls and loop turns", natural)
    .option("--memory <bytes>", "size of the arena", natural).option("--stats", "add a JSON line of figures")
    .action(async (file: string, handler: string, options: CallOptions) => { process.exitCode = await call(file, handler, options); });
  root.command("compile").description("compile a Python program and tell the image's size").argument("<file.py>")
    .option("-o, --output <file>", "write the image").option("--disassemble", "list the bytecode beside the source")
    .action(compile);
  remote(root.command("invoke").description("call a deployed function").argument("<name>").option("--event <json>", "the event", "{}").option("--async", "do not wait for the result")).action(invoke);
  remote(root.command("deploy").description("create a function or update its code").argument("<name>").requiredOption("--code <path>", "a file, a folder or a .zip")
    .option("--handler <file.function>", "default: the file's handler").option("--runtime <name>", "python3.12 or nodejs20.x; default: by the file's ending")).action(deploy);
  remote(root.command("functions").description("list the deployed functions")).action(functions);
  remote(root.command("boards").description("list the boards")).action(boards);
  remote(root.command("logs").description("list the logs")).action(logs);
  remote(root.command("tail").description("print a log's records as they come").argument("<log>").option("--from <seq>", "first sequence number; default: from now", natural)).action(tail);
  remote(root.command("doctor").description("look for what is commonly wrong")).action(doctor);
  return root;
}

function remote(command: Command): Command {
  return command.option("--endpoint <url>", "the gateway", process.env["NANOLAMBDA_ENDPOINT"] ?? DEFAULT_ENDPOINT).option("--json", "print JSON");
}

program().parseAsync().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  if (!(error instanceof GatewayError) && process.env["DEBUG"]) console.error(error);
  process.exitCode = 1;
});
