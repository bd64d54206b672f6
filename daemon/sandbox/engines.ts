/** The engines that workers have. Another runtime is another entry here. */
import type { EngineFactory } from "./engine.ts";
import { nodejs } from "./nodejs/engine.ts";
import { python } from "./python/engine.ts";

export const ENGINES: readonly EngineFactory[] = [nodejs, python];
