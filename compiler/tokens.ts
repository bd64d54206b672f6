import type { Source } from "./errors.ts";
export function checkTokens(_source: Source): void {}
