import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import type { FactType } from '../fact/fact-fields.type.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { saveFields } from '../fact/subject.input.type.ts';
import { ImprovementWork } from '../fact/work.type.ts';
import { workArguments, workFilter } from '../fact/work-lists.type.ts';
import type { SubjectColumns } from '../tables.ts';
import type { entryLists, Readers } from './entry.type.ts';
import { inputField } from './field.type.ts';
import type { Register } from './kind.ts';
import { saveEntry } from './save.ts';

/** The mutations on a kind: `save<Type>`, `publish<Type>` and `withdraw<Type>`. */
export function writableEntries<Row extends SubjectColumns>(
  kind: Register<Row>,
  type: FactType<Row>,
  readers: Readers<Row>,
): void {
  const payload = factPayload(
    `${kind.type}Payload`,
    kind.names.one,
    type,
    (context) => readers(context).working,
  );
  const input = builder.inputType(`Save${kind.type}Input`, {
    ...internalOnly,
    description: `What a ${kind.noun} says from now on: all of it, what is left out is emptied.`,
    fields: (t) => ({
      ...saveFields(t),
      ...Object.fromEntries(Object.values(kind.fields).map((field) => [field.graph, inputField(t, field)])),
    }),
  });
  builder.mutationField(`save${kind.type}`, (t) =>
    t.field({
      type: payload,
      nullable: true,
      ...internal('improvement:write'),
      description: `Makes a ${kind.noun}, which is a draft until it is published, or changes one.`,
      args: { input: t.arg({ type: input, required: true, description: `The ${kind.noun}.` }) },
      resolve: (_root, args, { writing }) => saveEntry(writing, kind, args.input),
    }),
  );
  publicationMutations(kind.type, kind, payload);
}

/** What a network works on of a kind, public or not. */
export function workedOnEntries<Row extends SubjectColumns>(
  kind: Register<Row>,
  { connection }: ReturnType<typeof entryLists<Row>>,
  readers: Readers<Row>,
): void {
  builder.objectField(ImprovementWork, kind.names.many, (t) =>
    t.field({
      type: connection,
      nullable: true,
      description: 'Public or not, latest first.',
      args: workArguments,
      resolve: ({ networkId }, { filter, ...page }, context) =>
        readers(context).working.pages('NETWORK', networkId, { ...page, filter: workFilter(filter) }),
    }),
  );
}
