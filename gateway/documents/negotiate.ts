/** Encodings that answers may travel in, the best first. */
export const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number] | 'identity';

export const JSON_TYPE = 'application/json';
export const GRAPHQL_TYPE = 'application/graphql-response+json';

/** The preference, 0 to 1, that a list such as `gzip;q=0.8, *` gives to each name it holds. */
function preferences(header: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    if (name) found.set(name, Number.isFinite(weight) ? weight : 0);
  }
  return found;
}

/** The encoding that `Accept-Encoding` likes best; as it is when it names none of ours. */
export function encodingFor(header: string | undefined): Encoding {
  const wanted = preferences(header ?? '');
  const weigh = (name: string) =>
    wanted.get(name) ?? (name === 'gzip' ? wanted.get('x-gzip') : undefined) ?? wanted.get('*') ?? 0;
  const [best] = ENCODINGS.filter((name) => weigh(name) > 0).sort((a, b) => weigh(b) - weigh(a));
  if (best === undefined) return 'identity';
  return (wanted.get('identity') ?? 0) > weigh(best) ? 'identity' : best;
}

/** The media type of an answer: that of GraphQL over HTTP for who names it, JSON for everybody else. */
export function mediaTypeFor(header: string | undefined): typeof JSON_TYPE | typeof GRAPHQL_TYPE {
  const wanted = preferences(header ?? '');
  const graphql = wanted.get(GRAPHQL_TYPE) ?? 0;
  const json = wanted.get(JSON_TYPE) ?? 0;
  return graphql > 0 && graphql >= json ? GRAPHQL_TYPE : JSON_TYPE;
}
