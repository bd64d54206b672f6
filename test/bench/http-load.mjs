// A worker thread that sends one HTTP request again and again over keep-alive connections and times the answers. Plain sockets,
// because Node's own HTTP client would take more time than the gateway.
import { connect } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

const { port, connections, ms, head, body } = workerData;
const bytes = Buffer.concat([Buffer.from(head), Buffer.from(body)]);
const times = [];
const startMs = performance.now();

function lane() {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let beganMs = 0;
    let text = "";
    const next = () => {
      beganMs = performance.now();
      if (beganMs - startMs >= ms) return socket.end(resolve);
      socket.write(bytes);
    };
    socket.on("connect", next).on("error", reject);
    socket.on("data", (data) => {
      text += data.latin1Slice();
      const end = text.indexOf("\r\n\r\n");
      const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
      if (end < 0 || text.length < end + 4 + Number(length)) return;
      if (!text.startsWith("HTTP/1.1 200") || text.includes("x-amz-function-error")) return reject(new Error(text));
      text = "";
      times.push(performance.now() - beganMs);
      next();
    });
  });
}

await Promise.all(Array.from({ length: connections }, lane));
parentPort.postMessage({ times, totalMs: performance.now() - startMs });
