import { createHash } from 'node:crypto';

/**
 * Chance without a clock or a state: the same keys always give the same number in [0, 1), so that two
 * machines make the same demonstration set and a new site changes nothing for the others.
 */
export function chance(...keys: readonly (string | number)[]): number {
  const digest = createHash('md5').update(keys.join('\u0001')).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** A number around 0 with a spread of about 1 (sum of three uniform ones), bounded by ±3. */
export function spread(...keys: readonly (string | number)[]): number {
  const digest = createHash('md5').update(keys.join('\u0001')).digest();
  const sum = [0, 4, 8].reduce((total, at) => total + digest.readUInt32BE(at) / 2 ** 32, 0);
  return (sum - 1.5) * 2;
}
