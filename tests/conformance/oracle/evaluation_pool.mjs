// Child processes that evaluate bundles. One that hangs or dies takes only the module it was
// loading with it: the request is repeated in a new process without that module.
import { fork } from "node:child_process";
import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(realpathSync(fileURLToPath(import.meta.url)));
const GRACE = 5_000;

class Evaluator {
  constructor(timeout) {
    this.timeout = timeout;
    this.child = fork(path.join(HERE, "evaluator.mjs"), [], {
      execArgv: [
        "--experimental-vm-modules",
        "--experimental-permission",
        `--allow-fs-read=${HERE}`,
        "--no-warnings",
        "--max-old-space-size=2048",
      ],
      env: { ORACLE_TIMEOUT: String(timeout) },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.dead = new Promise((resolve) => this.child.once("exit", resolve));
  }

  /** Resolves to {result} | {error} | {lost: the module that was being loaded}. */
  run(request) {
    return new Promise((resolve) => {
      let current;
      let watchdog;
      const finish = (outcome) => {
        clearTimeout(watchdog);
        this.child.off("message", receive);
        resolve(outcome);
      };
      const arm = () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => this.child.kill("SIGKILL"), this.timeout + GRACE);
      };
      const receive = (message) => {
        if (message.id !== request.id) return;
        if (message.started === undefined) return finish(message);
        current = message.started;
        return arm();
      };
      this.child.on("message", receive);
      this.dead.then(() => finish({ lost: current ?? null }));
      arm();
      this.child.send(request, (error) => error && finish({ lost: current ?? null }));
    });
  }

  stop() {
    this.child.kill("SIGKILL");
  }
}

export class EvaluationPool {
  constructor({ size, timeout }) {
    this.timeout = timeout;
    this.idle = [];
    this.waiting = [];
    this.free = size;
    this.nextId = 0;
  }

  async #acquire() {
    if (this.free === 0) await new Promise((resolve) => this.waiting.push(resolve));
    else this.free -= 1;
    return this.idle.pop() ?? new Evaluator(this.timeout);
  }

  #release(evaluator) {
    if (evaluator !== undefined) this.idle.push(evaluator);
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }

  /** The analysis of a bundle, plus `lost`: module path -> why its process ended. */
  async analyze(request) {
    const lost = {};
    let { entries } = request;
    for (;;) {
      const evaluator = await this.#acquire();
      const outcome = await evaluator.run({ ...request, entries, id: (this.nextId += 1) });
      if (outcome.lost === undefined) {
        this.#release(evaluator);
        if (outcome.error !== undefined) throw new Error(outcome.error);
        return { ...outcome.result, lost };
      }
      this.#release(undefined);
      if (outcome.lost === null) throw new Error("the evaluation process ended at once");
      lost[outcome.lost] = "loading the module hung or ended the process";
      entries = entries.filter((entry) => entry.modulePath !== outcome.lost);
      if (entries.length === 0) return { lost };
    }
  }

  stop() {
    for (const evaluator of this.idle) evaluator.stop();
  }
}
