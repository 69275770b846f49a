import { Socket } from 'node:net';

/** What is read at once. */
const READ = 128 * 1024;

/**
 * A socket that reads into one buffer, over and over, instead of a new one for each time, which wait for the collector
 * by the tens of megabytes while an export runs. Its listeners hold to what they get during the event only, unless
 * they ask for copies.
 */
export class SteadySocket extends Socket {
  /** Whether listeners get bytes of their own. True at first, for those that know nothing of this. */
  copies = true;

  constructor() {
    const buffer = Buffer.allocUnsafeSlow(READ);
    super({
      onread: {
        buffer,
        callback: (length: number) => {
          const bytes = buffer.subarray(0, length);
          this.emit('data', this.copies ? Buffer.from(bytes) : bytes);
          return !this.isPaused();
        },
      },
    } as ConstructorParameters<typeof Socket>[0]);
  }
}
