import cliProgress from 'cli-progress';
import type { ImportProgress } from '../kernel/import/run-options.ts';

const PHASES: Record<ImportProgress['phase'], string> = {
  inspect: 'Checking the file',
  read: 'Reading',
  merge: 'Publishing',
  rejects: 'Writing rejects',
};

export interface ProgressBar {
  update(progress: ImportProgress): void;
  stop(): void;
}

/** A bar on the error output of a terminal; silent elsewhere, so that logs and pipes stay readable. */
export function progressBar(output: NodeJS.WriteStream): ProgressBar {
  if (!output.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    stream: output,
    format: '{phase} [{bar}] {percentage}% · {rows} rows · {duration_formatted}',
    hideCursor: true,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update: ({ phase, rows, bytes, totalBytes }) => {
      const payload = { phase: PHASES[phase], rows };
      if (!started) bar.start(totalBytes, bytes, payload);
      started = true;
      bar.update(bytes, payload);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}
