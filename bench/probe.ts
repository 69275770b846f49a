/**
 * Loaded before the hub in every child of the benchmark (`node --import`): tells what the process costs, when
 * asked and when its work is done, and ends it should the benchmark be gone.
 */
const usage = () => {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, peakMiB: process.resourceUsage().maxRSS / 1024 };
};

process.on('message', () => process.send?.(usage()));
let leaving = false;
process.once('beforeExit', () => {
  leaving = true;
  process.send?.(usage(), undefined, undefined, () => process.disconnect());
});
process.once('disconnect', () => {
  // Disconnecting on the way out is the child's own doing; otherwise nobody waits for it any more.
  if (!leaving) process.kill(process.pid, 'SIGTERM');
});
// The channel alone must not keep a finished command alive.
process.channel?.unref();
