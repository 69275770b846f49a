import type { Written } from '../kernel/export/stream.ts';

/** Times a line is written anew, in milliseconds. */
const EVERY = 500;

/** Tells on the error output of a terminal how far an export is; silent elsewhere. */
export function watchExport(written: Written, output: NodeJS.WriteStream): () => void {
  if (!output.isTTY) return () => undefined;
  const began = performance.now();
  const tell = () => {
    const seconds = (performance.now() - began) / 1000;
    const mega = written.bytes / 1e6;
    output.write(`\r${mega.toFixed(1)} MB · ${(mega / seconds).toFixed(1)} MB/s `);
  };
  const timer = setInterval(tell, EVERY);
  return () => {
    clearInterval(timer);
    tell();
    output.write(`· ${written.rows.toLocaleString('en')} rows\n`);
  };
}
