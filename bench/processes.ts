import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROBE = new URL('./probe.ts', import.meta.url).href;

/** What a process has cost since it began. */
export interface Usage {
  cpuMs: number;
  /** Largest resident memory of the process, in MiB. */
  peakMiB: number;
}

export interface Child {
  /** What it printed on its standard output so far. */
  output(): string;
  /** The first match in its standard output; rejects when the process ends without it. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** What a process that serves has cost so far. */
  usage(): Promise<Usage>;
  /** Waits for a command to end by itself; rejects after so many seconds or when it failed. */
  finished(seconds: number): Promise<Usage>;
  /** Ends it, at worst by force after ten seconds. */
  stop(): Promise<void>;
}

const running = new Set<Child>();

/** Ends every child that is still there. */
export async function stopChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}

/** What `npm run hub` gives to Node; `npm start` and `npm run serve` give nothing. */
const HUB = ['--max-semi-space-size=4', '--import', './cli/compile-cache.js'];
const SERVES = ['start', 'serve'];

/** Runs a command of the hub as npm does, as a process of its own, with a probe inside. */
export const runHub = (args: readonly string[], environment: Record<string, string>): Child =>
  runScript('cli/main.ts', args, environment, SERVES.includes(args[0] ?? '') ? [] : HUB);

/** Runs a script, its path relative to the root, as a process of its own, with a probe inside. */
export function runScript(
  script: string,
  args: readonly string[],
  environment: Record<string, string>,
  options: readonly string[] = [],
): Child {
  const child = spawn(process.execPath, [...options, '--import', PROBE, script, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const following = follow(child);
  running.add(following);
  child.once('exit', () => running.delete(following));
  return following;
}

function follow(child: ChildProcess): Child {
  let text = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const closed = once(child, 'close');
  const message = () => once(child, 'message').then(([usage]) => usage as Usage);
  return {
    output: () => text,
    printed: async (pattern) => {
      const ended = closed.then(() => 'ended' as const);
      for (;;) {
        const found = text.match(pattern);
        if (found) return found;
        const next = child.stdout ? once(child.stdout, 'data') : ended;
        if ((await Promise.race([next, ended])) === 'ended') {
          throw new Error(`A process ended before printing ${pattern}:\n${text}${errors}`);
        }
      }
    },
    usage: async () => {
      const answer = message();
      child.send('usage');
      return answer;
    },
    finished: async (seconds) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
      try {
        const ended = closed.then(() => null);
        const usage = await Promise.race([message(), ended]);
        await closed;
        if (usage !== null && child.exitCode === 0) return usage;
        throw new Error(`A command ended with ${child.exitCode ?? child.signalCode}:\n${text}${errors}`);
      } finally {
        clearTimeout(timer);
      }
    },
    stop: async () => {
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await closed;
      }
      clearTimeout(force);
    },
  };
}
