import { badInput } from '../../../kernel/errors.ts';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import {
  connectionType,
  decodeCursor,
  encodeCursor,
  pageArguments,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { reaches } from '../../../kernel/viewer.ts';
import { builder, PageInfo } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { type Optional, optionalText } from '../input.ts';
import type { ImportRow } from './imports.query.ts';

const Import = builder.objectRef<ImportRow>('Import').implement({
  ...internalOnly,
  description:
    'A publication of results: a file that was imported, or what a network wrote, and what it brought.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the run.' }),
    number: t.int({
      description: 'Number of the publication, rising.',
      resolve: ({ publication }) => Number(publication),
    }),
    feed: t.exposeString('feed', { description: 'Kind of file.' }),
    file: t.exposeString('file_name', { description: 'Name of the file.' }),
    source: t.exposeString('source', { nullable: true, description: 'Who published it.' }),
    license: t.exposeString('licence', { nullable: true, description: 'Licence of the source.' }),
    publishedOn: t.expose('published_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which the source published it.',
    }),
    publishedAt: t.expose('published_at', { type: 'DateTime', description: 'When the hub published it.' }),
    accepted: t.int({ description: 'Rows accepted.', resolve: ({ accepted }) => Number(accepted) }),
    quarantined: t.int({
      description: 'Rows set aside: their structure, site or indicator is unknown.',
      resolve: ({ quarantined }) => Number(quarantined),
    }),
  }),
});
const Imports = connectionType(builder, PageInfo, 'Import', Import, { internal: true });

builder.queryFields((t) => ({
  imports: t.field({
    type: Imports,
    nullable: true,
    ...internal('imports:read'),
    description:
      'Publications of results that are in force, the latest first; for a headquarters, those of its network. Anybody sees where a figure comes from in its `provenance`.',
    args: {
      network: t.arg.id({
        description:
          'Only those that current results of this network came with; of a network out of reach, none.',
      }),
      ...pageArguments(builder),
    },
    resolve: (_root, args, context) => pageOfImports(context, args),
  }),
}));

async function pageOfImports(
  { lists, viewer }: IndicatorsContext,
  args: { network?: Optional<string>; first?: Optional<number>; after?: Optional<string> },
) {
  const asked = optionalText(args.network, 'network');
  // A role of one network asks of no other: omitted, it is its own; another has nothing, as an unknown one.
  const network = asked ?? viewer.network;
  const nothing = network !== null && !reaches(viewer, network);
  const list = JSON.stringify(['imports', network]);
  const size = pageSize(args.first);
  const before = decodeCursor(list, args.after)?.[0] ?? null;
  if (before !== null && !/^\d{1,18}$/.test(before))
    throw badInput('This cursor does not belong to this list.');
  const rows = nothing ? [] : await lists.imports(network, { before, limit: size + 1 });
  const cursorOf = ({ publication }: ImportRow) => encodeCursor(list, [publication]);
  return toPage(rows, size, args.after, cursorOf, async () => (nothing ? 0 : lists.countImports(network)));
}
