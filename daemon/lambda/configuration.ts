/** FunctionConfiguration, as Lambda answers it. */
import { type FunctionRecord, type Functions, logGroupOf } from "./functions.ts";

/** What an answer says of a change: AWS answers before it is done, and here it is done already when asked again. */
export type Progress = "created" | "updated" | "settled";

const BEING_CREATED = "The function is being created.";
const STATES: Readonly<Record<Progress, object>> = {
  created: { State: "Pending", StateReason: BEING_CREATED, StateReasonCode: "Creating" },
  updated: { State: "Active", LastUpdateStatus: "InProgress", LastUpdateStatusReason: BEING_CREATED, LastUpdateStatusReasonCode: "Creating" },
  settled: { State: "Active", LastUpdateStatus: "Successful" },
};

export function configurationOf(functions: Functions, record: FunctionRecord, progress: Progress = "settled"): object {
  const variables = Object.keys(record.environment).length > 0 ? { Environment: { Variables: record.environment } } : {};
  const reason = record.handlerless === undefined ? {} : { StateReason: record.handlerless, StateReasonCode: "InvalidConfiguration" };
  return {
    FunctionName: record.name, FunctionArn: functions.arn(record.name), Runtime: record.runtime, Role: record.role, Handler: record.handler,
    CodeSize: record.codeBytes, Description: record.description, Timeout: record.timeoutS, MemorySize: record.memoryMb,
    LastModified: new Date(record.modifiedMs).toISOString().replace("Z", "+0000"), CodeSha256: record.codeSha256, Version: "$LATEST", ...variables,
    TracingConfig: { Mode: record.tracing }, RevisionId: record.revisionId, ...STATES[progress], ...reason, PackageType: "Zip", Architectures: [record.architecture],
    EphemeralStorage: { Size: record.ephemeralMb }, SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: { LogFormat: "Text", LogGroup: logGroupOf(record.name) },
  };
}
