import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder } from '../builder.ts';

/** An object that another subgraph owns, of which this one knows the id. */
export interface Stub {
  id: string;
}

const stub = (name: string, description: string) =>
  builder.objectRef<Stub>(name).implement({
    description,
    directives: { key: { fields: 'id' } },
    extensions: resolvable(({ id }) => ({ id })),
    fields: (t) => ({ id: t.exposeID('id', { description: 'Its global id.' }) }),
  });

export const Territory = stub('Territory', 'A commune, a département, a région or the whole country.');
export const Network = stub('Network', 'A network of public services.');
export const Structure = stub('Structure', 'A unit of a network, in contact with users or above such units.');
export const Site = stub('Site', 'A place where users are received.');

export const Commitment = stub('Commitment', 'A promise of the programme.');

/** The objects that these facts hang under, and how to say whose they are. */
export const SUBJECTS = [
  { kind: 'TERRITORY', type: Territory, whose: 'of structures that stand in this territory' },
  { kind: 'NETWORK', type: Network, whose: 'about this network' },
  { kind: 'STRUCTURE', type: Structure, whose: 'about this structure and those below it' },
  { kind: 'SITE', type: Site, whose: 'about this site' },
] as const;
