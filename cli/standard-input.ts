import { createInterface } from 'node:readline/promises';

/**
 * The first line of the standard input, for what must not be an argument: arguments stay in the history of the
 * shell and show in the list of processes. A person is asked for it, on standard error.
 */
export async function firstLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  if (process.stdin.isTTY) process.stderr.write(`${question}: `);
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}
