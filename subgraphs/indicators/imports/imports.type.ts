import { badInput } from '../../../kernel/errors.ts';
import {
  connectionType,
  decodeCursor,
  encodeCursor,
  pageArguments,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { type Optional, optionalText } from '../input.ts';
import type { ImportRow } from './imports.query.ts';

const Import = builder.objectRef<ImportRow>('Import').implement({
  description: 'A publication of results: a file that was imported, and what it brought.',
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
const Imports = connectionType(builder, PageInfo, 'Import', Import);

builder.queryFields((t) => ({
  imports: t.field({
    type: Imports,
    nullable: true,
    description: 'Publications of results that are in force, the latest first.',
    args: {
      network: t.arg.id({ description: 'Only those that current results of this network came with.' }),
      ...pageArguments(builder),
    },
    resolve: (_root, args, { lists }) => pageOfImports(lists, args),
  }),
}));

async function pageOfImports(
  lists: IndicatorsContext['lists'],
  args: { network?: Optional<string>; first?: Optional<number>; after?: Optional<string> },
) {
  const network = optionalText(args.network, 'network');
  const list = JSON.stringify(['imports', network]);
  const size = pageSize(args.first);
  const before = decodeCursor(list, args.after)?.[0] ?? null;
  if (before !== null && !/^\d{1,18}$/.test(before))
    throw badInput('This cursor does not belong to this list.');
  const rows = await lists.imports(network, { before, limit: size + 1 });
  const cursorOf = ({ publication }: ImportRow) => encodeCursor(list, [publication]);
  return toPage(rows, size, args.after, cursorOf, () => lists.countImports(network));
}
