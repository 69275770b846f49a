import { openIdentity } from '../gateway/identity/identity.ts';
import type { CallerOptions } from '../gateway/main.ts';
import type { Config } from '../kernel/config.ts';

/** What the settings say of callers: who they are, how much they may ask, which documents they may name. */
export async function callerOptions(
  config: Config,
  databaseUrl: string,
  documents: string | null,
): Promise<CallerOptions & Required<Pick<CallerOptions, 'identity'>>> {
  return {
    identity: await openIdentity({ databaseUrl, oidc: config.oidc }),
    rates: config.rates,
    fileLimit: config.files.limit,
    costs: config.costs,
    trustedProxies: config.trustedProxies,
    ...(documents && { documents: { folder: documents, anonymousQueries: config.anonymousQueries } }),
  };
}
