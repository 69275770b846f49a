import { internal } from '../../../kernel/graphql/access.ts';
import { reaches } from '../../../kernel/viewer.ts';
import { builder } from '../builder.ts';

/**
 * What a network works on, published or not. Each kind adds its list, read through the viewer's agent
 * (`context.working`): `builder.objectField(ImprovementWork, 'ideas', …)`.
 */
export const ImprovementWork = builder.objectRef<{ networkId: string }>('ImprovementWork').implement({
  ...internal('improvement:read'),
  description:
    'What a network works on to improve, published or not: headquarters see all of it, a local referent what is about ' +
    'the structures and sites below its own.',
  fields: (t) => ({
    networkId: t.exposeID('networkId', { description: 'Id of the network.' }),
  }),
});

builder.queryField('improvementWork', (t) =>
  t.field({
    type: ImprovementWork,
    nullable: true,
    ...internal('improvement:read'),
    description: 'What a network works on; null for one that does not exist or is out of reach.',
    args: { network: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { network }, { viewer }) => (reaches(viewer, network) ? { networkId: network } : null),
  }),
);
