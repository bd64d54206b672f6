/**
 * Every error the gateway raises on purpose carries a stable code, a sentence that says what to do next, and its cause.
 * They are thrown anywhere and answered only at the edges: HTTP, link, handler, plugin, command line.
 *
 * Code ranges: 1xxx configuration · 2xxx store and logs · 3xxx images and compiler · 4xxx sandboxes and invocations ·
 * 5xxx boards and link · 6xxx HTTP, Lambda and S3 · 7xxx plugins and packaging.
 */
export class GatewayError extends Error {
  readonly code: number;

  /**
   * @param code stable number from the ranges above
   * @param message what happened and what to do next, in plain words
   */
  constructor(code: number, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "GatewayError";
    this.code = code;
  }
}

/** The message of whatever was thrown, for logs and error replies. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
