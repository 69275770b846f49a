import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, PageInfo } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import { type FactType, factFields } from '../fact/fact-fields.type.ts';
import type { Facts } from '../fact/facts.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import type { SubjectColumns } from '../tables.ts';
import { objectField } from './field.type.ts';
import { factFilter, filterInput } from './filter.type.ts';
import type { Register } from './kind.ts';

/** Where a request reads the entries of a kind: the published ones, or those that an agent works on. */
export type Readers<Row> = (context: ImprovementContext) => Record<'published' | 'working', Facts<Row>>;

/** The type of a kind, with its fields and whom an entry is about; found by its id from any subgraph. */
export function entryType<Row extends SubjectColumns>(
  kind: Register<Row>,
  readers: Readers<Row>,
): FactType<Row> {
  const type = builder.objectRef<Row>(kind.type).implement({
    description: kind.description,
    directives: [
      { name: 'key', args: { fields: 'id' } },
      { name: 'key', args: { fields: 'ref' } },
    ],
    extensions: resolvable<ImprovementContext>(({ id, ref }, context) =>
      readers(context).published.byId.load(String(id ?? ref)),
    ),
    fields: (t) => ({
      id: t.id({ description: `${kind.prefix}-<key>.`, resolve: ({ id }) => id }),
      ref: t.id({
        directives: { inaccessible: {} },
        description: 'The same id, by which `node` finds it.',
        resolve: ({ id }) => id,
      }),
      ...Object.fromEntries(
        Object.entries(kind.fields)
          // What a reference leads to is shown by the kind itself.
          .filter(([, { shape }]) => shape.is !== 'REFERENCE')
          .map(([column, field]) => [field.graph, objectField(t, column, field)]),
      ),
    }),
  });
  factFields(type);
  return type;
}

/** Its connection, and the arguments of its lists. */
export function entryLists<Row extends SubjectColumns>(kind: Register<Row>, type: FactType<Row>) {
  const filter = filterInput(kind);
  return {
    connection: connectionType(builder, PageInfo, kind.type, type),
    args: {
      ...pageArguments(builder),
      ...builder.args((t) => ({ filter: t.field({ type: filter, description: 'Which of them.' }) })),
    },
  };
}

/** Where readers find entries: by their id, and under those whom they are about. */
export function readableEntries<Row extends SubjectColumns>(
  kind: Register<Row>,
  type: FactType<Row>,
  { connection, args }: ReturnType<typeof entryLists<Row>>,
  readers: Readers<Row>,
): void {
  const { one, many } = kind.names;
  for (const { kind: of, type: subject, whose } of SUBJECTS) {
    builder.objectField(subject, many, (t) =>
      t.field({
        type: connection,
        nullable: true,
        description: `What is public ${whose}, latest first.`,
        args,
        resolve: ({ id }, { filter, ...page }, context) =>
          readers(context).published.pages(of, id, { ...page, filter: factFilter(kind, filter) }),
      }),
    );
  }
  builder.queryField(one, (t) =>
    t.field({
      type,
      nullable: true,
      description: `A public ${kind.noun}, null when there is none with this id.`,
      args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
      resolve: (async (_root: object, { id }: { id: string }, context: ImprovementContext) =>
        readers(context).published.byId.load(id)) as never,
    }),
  );
}

/** The list of all entries at the root, by filter. */
export function listedEntries<Row extends SubjectColumns>(
  kind: Register<Row>,
  { connection, args }: ReturnType<typeof entryLists<Row>>,
  readers: Readers<Row>,
): void {
  builder.queryField(kind.names.many, (t) =>
    t.field({
      type: connection,
      nullable: true,
      description: `What is public, latest first.`,
      args,
      resolve: (_root, { filter, ...page }, context) =>
        readers(context).published.pages('EVERYTHING', '', { ...page, filter: factFilter(kind, filter) }),
    }),
  );
}
