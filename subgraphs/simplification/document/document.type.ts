import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import { DocumentKindEnum } from '../report/enums.type.ts';
import { Network } from '../subject/stubs.type.ts';
import type { DocumentRow } from '../tables.ts';

export const AdministrativeDocument = builder.objectRef<DocumentRow>('AdministrativeDocument').implement({
  description: 'A letter, e-mail, form or page of the register of complex documents of an administration.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<SimplificationContext>(({ id, ref }, { loaders }) =>
    loaders.document.load(String(id ?? ref)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'DOC-<key>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    title: t.exposeString('title', { description: 'Its title.' }),
    kind: t.expose('kind', { type: DocumentKindEnum, description: 'What it is.' }),
    reference: t.exposeString('reference', {
      nullable: true,
      description: 'Number or name that the administration gives it.',
    }),
    url: t.expose('url', { type: 'URL', nullable: true, description: 'Where it is online.' }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that it comes from.',
      resolve: ({ network_id }) => ({ id: network_id }),
    }),
  }),
});

builder.queryField('administrativeDocument', (t) =>
  t.field({
    type: AdministrativeDocument,
    nullable: true,
    description: 'A document of the register, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.document.load(id),
  }),
);
