import { openIdentity } from '../gateway/identity/identity.ts';
import type { CallerOptions } from '../gateway/main.ts';
import type { Config } from '../kernel/config.ts';

/**
 * What the settings say of callers: who they are, how much they may ask, which documents they may name.
 *
 * @param documents folder of trusted documents; without one the supergraph is not the hub's own, and as little as
 *   documents may its answers be kept: what changes behind them is not told by this database
 * @param isOfSubgraphs whether the database is known to be that of the subgraphs: else nothing is kept either
 */
export async function callerOptions(
  config: Config,
  databaseUrl: string,
  documents: string | null,
  isOfSubgraphs: boolean,
): Promise<CallerOptions & Required<Pick<CallerOptions, 'identity'>>> {
  return {
    identity: await openIdentity({ databaseUrl, oidc: config.oidc }),
    rates: config.rates,
    fileLimit: config.files.limit,
    costs: config.costs,
    trustedProxies: config.trustedProxies,
    ...(documents && { documents: { folder: documents, anonymousQueries: config.anonymousQueries } }),
    ...(documents && isOfSubgraphs && { answers: { databaseUrl, megabytes: config.answerCache } }),
  };
}
