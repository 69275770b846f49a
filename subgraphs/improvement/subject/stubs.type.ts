import { foreignEntity, foreignSubjects, type Stub } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';

/** What plans, diagnoses, labels and impacts hang under. */
export const { Territory, Network, Structure, Site, SUBJECTS } = foreignSubjects(builder);
export const Commitment = foreignEntity(builder, 'Commitment');

/** An entity of another subgraph that facts only name, in the words of its owner: whether it exists is for it to say. */
const named = (name: string, description: string) =>
  builder.objectRef<Stub>(name).implement({
    description,
    directives: { key: { fields: 'id', resolvable: false } },
    fields: (t) => ({ id: t.exposeID('id', { description: 'Readable id, unique across types.' }) }),
  });

export const SimplificationReport = named(
  'SimplificationReport',
  'A letter, e-mail, form or page reported as too complex, and how far its rewriting is.',
);
export const Indicator = named(
  'Indicator',
  'Something that is measured the same way everywhere: of the common core, or a network’s own.',
);
