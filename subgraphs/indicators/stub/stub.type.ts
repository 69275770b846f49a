import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder } from '../builder.ts';

/** An entity that administrations owns: here it is its id, and the fields that this subgraph adds to it. */
export interface Stub {
  id: string;
}

const stub = (name: string, description: string) =>
  builder.objectRef<Stub>(name).implement({
    description,
    directives: { key: { fields: 'id' } },
    extensions: resolvable(({ id }) => ({ id: String(id) })),
    fields: (t) => ({ id: t.exposeID('id', { description: 'Global id.' }) }),
  });

export const Territory = stub('Territory', 'A commune, a département, a région or the nation.');
export const Network = stub('Network', 'A network of public services.');
export const Structure = stub('Structure', 'An organisational unit of a network.');
export const Site = stub('Site', 'A place where users are received.');
export const Commitment = stub('Commitment', 'A commitment of the programme.');
export const Procedure = stub('Procedure', 'An administrative procedure.');

/** The stub of an id, null for none. */
export const stubOf = (id: string | null): Stub | null => (id === null ? null : { id });
