import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { secretFile } from './secret-file.ts';

/**
 * What gateway and subgraphs sign and verify with: those of HUB_GATEWAY_SECRETS, else the one of a file of the data
 * folder, which the processes of one machine share. The first signs, all verify.
 *
 * @throws Error when there is neither.
 */
export function gatewaySecrets({
  gatewaySecrets: given,
  dataDir,
}: Pick<Config, 'gatewaySecrets' | 'dataDir'>): readonly [string, ...string[]] {
  const [first, ...others] = given;
  return first === undefined ? [secretFile(resolve(dataDir, 'gateway-secret'))] : [first, ...others];
}
