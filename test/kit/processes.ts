import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Running {
  /** What it printed so far, standard output and error together. */
  output(): string;
  /** Resolves with the first match; rejects when the process ends without it. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Sends a signal, such as the one that stops it where it stands. */
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal and resolves with the exit code, or the name of the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** What the processes of the tests share, unless a test says otherwise: else each would leave a file behind. */
const HUB_GATEWAY_SECRETS = 'what the processes of a test share';

/** Runs a command of the hub as a process of its own, as `npm run hub -- …` does. */
export function runHub(args: readonly string[], environment: Record<string, string>): Running {
  const child = spawn(process.execPath, ['cli/main.ts', ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: 'error',
      HUB_GATEWAY_SECRETS,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return following(child);
}

function following(child: ChildProcess): Running {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return {
    output: () => text,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = text.match(pattern);
          if (found) resolve(found);
          return found !== null;
        };
        if (look()) return;
        child.stdout?.on('data', look);
        child.stderr?.on('data', look);
        void ended.then((code) => {
          if (!look()) reject(new Error(`ended with ${code} before printing ${pattern}:\n${text}`));
        });
      }),
    signal: (signal) => {
      child.kill(signal);
    },
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
