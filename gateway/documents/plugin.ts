import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import type { Viewer } from '../../kernel/viewer.ts';
import { hubContext } from '../context.ts';
import type { DocumentStore } from './document.ts';
import { contradictory, notFound, untrusted } from './refusals.ts';
import { sha256 } from './store.ts';

/** What anybody may send: any document, or trusted ones only. Roles that know themselves send what they like. */
export type AnonymousQueries = 'free' | 'trusted';

/** What GraphQL over HTTP calls the parameters of a request, before anybody has checked them. */
type Params = Record<string, unknown>;

const PREFIX = 'sha256:';

/**
 * Finds trusted documents by the hash that a request names, as `documentId: "sha256:<hash>"` or as
 * `extensions.persistedQuery`; refuses the other documents to anybody when the policy says so. A hash that comes
 * with a document must be its own; no document that comes is ever remembered.
 */
export function trustedDocuments(
  store: DocumentStore,
  policy: { anonymousQueries: AnonymousQueries },
): GatewayPlugin[] {
  return [
    {
      onParams({ params: given, setParams, request, context }) {
        const params: unknown = given;
        if (!isRecord(params)) return;
        const { viewer } = hubContext(context);
        const hash = hashNamed(params, request);
        const asked = hash === undefined ? params : withDocument(params, hash, store, viewer);
        setParams(asked);
        if (policy.anonymousQueries === 'free' || viewer.role !== 'PUBLIC') return;
        if (typeof asked.query === 'string' && !store.find(sha256(asked.query), viewer)) throw untrusted();
      },
    },
  ];
}

/** The parameters as if they had come with the document. */
function withDocument(params: Params, hash: string, store: DocumentStore, viewer: Viewer): Params {
  const { documentId: _, ...others } = params;
  if (isGiven(params.query)) {
    if (typeof params.query === 'string' && sha256(params.query) !== hash)
      throw contradictory('The hash is not that of the document that came with it.');
    return others;
  }
  const document = store.find(hash, viewer);
  if (!document) throw notFound();
  return { ...others, query: document.text };
}

/** The hash that a request names, or what stands in its place: it may be any text. */
function hashNamed(params: Params, request: Request): string | undefined {
  const byId = documentIdOf(params, request);
  const byExtension = persistedQueryOf(params.extensions);
  if (byId !== undefined && byExtension !== undefined && byId !== byExtension)
    throw contradictory('"documentId" and "persistedQuery" name two documents.');
  return byId ?? byExtension;
}

function documentIdOf({ documentId: inBody }: Params, { method, url }: Request): string | undefined {
  const id = inBody ?? (method === 'GET' ? new URL(url).searchParams.get('documentId') : undefined);
  if (!isGiven(id)) return undefined;
  if (typeof id !== 'string') throw contradictory('"documentId" is a text: "sha256:" and the hash.');
  // Without the prefix it is an identifier of somebody else's making: it names nothing here.
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : '';
}

function persistedQueryOf(extensions: unknown): string | undefined {
  const persisted = isRecord(extensions) ? extensions.persistedQuery : undefined;
  if (!isGiven(persisted)) return undefined;
  if (!isRecord(persisted) || persisted.version !== 1 || typeof persisted.sha256Hash !== 'string')
    throw contradictory('"persistedQuery" is {"version": 1, "sha256Hash": "<hash>"}.');
  return persisted.sha256Hash;
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
