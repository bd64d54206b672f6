import { defineConfig, tcp, virtualBoard } from "nanolambda";

/** The main job: a motor's vibration is judged on its board, and the gateway raises the alarm. */
export default defineConfig({
  logs: { alarms: {} },
  functions: {
    "motor-failure": { code: "examples/motor", handler: "motor_failure.handler" },
    "motor-alarm": { code: "examples/motor", handler: "alarm.handler", triggers: [{ log: "verdicts" }] },
  },
  boards: {
    "motor-1": {
      logs: { vibration: { history: 32 } },
      sensors: { accel: { log: "vibration", everyMs: 200 } },
      functions: { "motor-failure": { trigger: { log: "vibration", window: 32 }, resultLog: "verdicts" } },
    },
  },
  plugins: [tcp({ listen: "127.0.0.1:0" }), virtualBoard({ name: "motor-1" })],
  show: ["vibration", "verdicts", "alarms"],
});
