import { watchConnections } from '../kernel/close-server.ts';
import { addressOfClient } from './address.ts';
import { payerAt, recogniseCallers, viewerOf, WHOAMI } from './callers.ts';
import { openContracts } from './contracts.ts';
import { allowAnyOrigin } from './cors.ts';
import { documentsFor } from './documents/open.ts';
import { trustedDocuments } from './documents/plugin.ts';
import { documents } from './documents/routes.ts';
import { explorer } from './explorer/routes.ts';
import { executor, graphqlRoute, trustedRun } from './graphql-route.ts';
import { openHost } from './host.ts';
import { openIdentity } from './identity/identity.ts';
import { openAdmission } from './limits/admission.ts';
import type { GatewayOptions, ServingGateway } from './options.ts';
import { rawRoutes } from './raw/routes.ts';
import { readiness } from './readiness.ts';
import { SharedAnswers } from './shared/answers.ts';
import { Freshness } from './shared/freshness.ts';
import { Lane } from './shared/lane.ts';
import { recaller } from './shared/recall.ts';
import { openSupergraph } from './supergraph.ts';
import { openTransports } from './transport.ts';
import { whoami } from './whoami.ts';
import { Windows } from './windows.ts';

const MEGABYTE = 2 ** 20;

/**
 * Serves a supergraph: `/graphql`, trusted documents at `/q`, what subgraphs do beside GraphQL (`kernel/raw/paths.ts`),
 * `/whoami`, `/healthcheck`, `/readiness`, and the explorer at `/`. Every answer but pages and files is JSON. Rejects when the supergraph is not usable or the port is taken.
 */
export async function startGateway(options: GatewayOptions): Promise<ServingGateway> {
  const transports = openTransports(options);
  const supergraph = await openSupergraph(options.supergraph);
  const deadlines = {
    total: options.deadlineMs ?? 10_000,
    subgraph: options.timeoutMs ?? 9_000,
    mutation: options.mutationDeadlineMs ?? 60_000,
  };
  const store = await documentsFor(options.documents, supergraph.sdl());
  const admission = openAdmission(options.costs);
  const freshness = options.answers && Freshness.open(options.answers.databaseUrl);
  const answers = freshness && new SharedAnswers(freshness, (options.answers?.megabytes ?? 0) * MEGABYTE);
  // Where none is kept, none is looked for.
  const kept = options.answers?.megabytes ? answers : undefined;
  const contracts = openContracts(supergraph, transports, {
    deadlines,
    admission,
    answers,
    plugins: [
      ...trustedDocuments(store, { anonymousQueries: options.documents?.anonymousQueries ?? 'free' }),
      ...(options.plugins ?? []),
    ],
  });
  // Without any, whoever shows credentials is refused.
  const identity = options.identity ?? (await openIdentity({ databaseUrl: null, oidc: null }));
  let closing = false;
  const app = await openHost({ trustedProxies: options.trustedProxies, closing: () => closing });
  const rates = options.rates ?? { address: 0, caller: 0 };
  const windows = new Windows();
  const clientOf = addressOfClient(options.trustedProxies ?? []);
  const lane =
    kept &&
    new Lane({
      answers: kept,
      admission,
      windows,
      rates,
      payerOf: (request) => payerAt(clientOf(request)),
      closing: () => closing,
    });
  lane?.open(app.server);
  const connections = watchConnections(app.server);

  allowAnyOrigin(app, '/graphql');
  await app.register(async (scope) => {
    await recogniseCallers(scope, identity, rates, windows);
    // The body stays text: the runtime reads it, and says what is wrong with it.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    const execute = executor(contracts);
    const recall = kept && recaller(kept, admission);
    scope.route({ method: ['GET', 'POST'], url: '/graphql', handler: graphqlRoute(execute, recall) });
    scope.get(WHOAMI, whoami);
    await scope.register(documents, {
      store,
      supergraph: () => supergraph.sdl(),
      viewerOf,
      run: trustedRun(execute),
      recall,
      lane,
    });
    await scope.register(rawRoutes, { ...options, sdl: () => supergraph.sdl() });
  });
  app.get('/healthcheck', () => ({ status: 'ok' }));
  const ready = readiness(contracts, options.inProcess);
  app.get('/readiness', async (_request, reply) => {
    if (!closing && (await ready())) return { status: 'ready' };
    return reply.code(503).header('retry-after', '1').send({ status: 'not ready' });
  });
  await app.register(explorer, { folder: options.operations });

  const release = async () => {
    closing = true;
    supergraph.stop();
    await connections.close(() => app.close());
    await contracts.close();
    transports.close();
    await freshness?.close();
  };
  try {
    const url = await app.listen({ host: options.host, port: options.port });
    // The first plan and schema are made now, not under the first client.
    await contracts.ready();
    return { url, answerFigures: () => answers?.figures ?? null, close: release };
  } catch (error) {
    await release();
    throw error;
  }
}
