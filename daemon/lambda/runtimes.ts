/** The runtimes that functions may have, and what is done with their code when it is deployed. */

export interface Prepared {
  readonly code: Uint8Array;
  /**
   * Why no invocation will find the handler. Lambda takes such a function, so that code and handler setting can be changed one after the
   * other, and says it at each invocation (here as the StateReason too); a configuration file, which gives both, is refused at once.
   */
  readonly handlerless?: string;
}

export interface Runtime {
  /** Lambda's names for it, the preferred first. */
  readonly names: readonly string[];
  /** Is another whenever the engine has no use for what `prepare` made before. */
  version?(): string;
  /**
   * Makes of a zip's files what the runtime's engine loads; without it the engine loads the zip itself.
   * @throws GatewayError when the code cannot run here, with a message for whoever deploys it
   */
  prepare?(files: Readonly<Record<string, Uint8Array>>, handler: string): Promise<Prepared>;
}

/** JavaScript on QuickJS; what does not parse shows at the first invocation, as on AWS. */
export const nodejsRuntime: Runtime = { names: ["nodejs20.x", "nodejs18.x", "nodejs22.x", "nodejs24.x"] };

export const RUNTIMES: readonly Runtime[] = [nodejsRuntime];
