import type { HubBuilder } from './builder.ts';
import { resolvable } from './subgraph.ts';

/** An object that another subgraph owns, of which only the id is known here. */
export interface Stub {
  id: string;
}

/** The stub of an id, null for none. */
export const stubOf = (id: string | null): Stub | null => (id === null ? null : { id });

/** Entities that other subgraphs extend, in the words of their owner: composition keeps those of the first. */
const OWNER_SAYS = {
  Territory: 'A commune, a municipal arrondissement, a département, a région or the whole country.',
  Network: 'A network of public services, such as the family allowance funds (CAF).',
  Structure: 'An organisational unit of a network, in contact with users or above one that is.',
  Site: 'A place of reception of the State directory, physical or remote.',
  Commitment: 'One of the commitments of the programme, in one of its two versions.',
  Procedure: 'An administrative procedure of a network.',
  ActionPlan: 'What a service does to keep its commitments better.',
  Impact: "« Vous nous l'avez demandé, on l'a fait »: what changed because users asked for it.",
  CommitmentProof: 'One commitment in one scope: the promise and the proof, side by side.',
};

/** A type that another subgraph owns: its key here, and the fields that this subgraph adds to it. */
export function foreignEntity<Context extends object>(
  builder: HubBuilder<Context>,
  name: keyof typeof OWNER_SAYS,
) {
  return builder.objectRef<Stub>(name).implement({
    description: OWNER_SAYS[name],
    directives: { key: { fields: 'id' } },
    extensions: resolvable(({ id }) => ({ id: String(id) })),
    fields: (t) => ({ id: t.exposeID('id', { description: 'Readable id, unique across types.' }) }),
  });
}

/** The objects that facts told by users and services hang under, and how to say whose they are. */
export function foreignSubjects<Context extends object>(builder: HubBuilder<Context>) {
  const Territory = foreignEntity(builder, 'Territory');
  const Network = foreignEntity(builder, 'Network');
  const Structure = foreignEntity(builder, 'Structure');
  const Site = foreignEntity(builder, 'Site');
  const SUBJECTS = [
    { kind: 'TERRITORY', type: Territory, whose: 'of structures that stand in this territory' },
    { kind: 'NETWORK', type: Network, whose: 'about this network' },
    { kind: 'STRUCTURE', type: Structure, whose: 'about this structure and those below it' },
    { kind: 'SITE', type: Site, whose: 'about this site' },
  ] as const;
  return { Territory, Network, Structure, Site, SUBJECTS };
}
