import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where a run took place; the load of the machine before it says how far its figures can be trusted. */
export const machine = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  loadBefore: Number(loadavg()[0]?.toFixed(2)),
});
