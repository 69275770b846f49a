import { internal } from '../../../kernel/graphql/access.ts';
import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder } from '../builder.ts';
import { ReportFilterInput } from './filter.type.ts';
import { SimplificationReportConnection } from './report.type.ts';

builder.queryField('reportsToTriage', (t) =>
  t.field({
    type: SimplificationReportConnection,
    nullable: true,
    ...internal('simplification:read'),
    description:
      'Reports to work on, published or not, oldest first: of the own network, or of structures below the own one.',
    args: {
      network: t.arg.id({ description: 'Of this network only; nothing of one out of reach.' }),
      filter: t.arg({
        type: ReportFilterInput,
        description: 'Which of them; those that were received and not examined, unless it names states.',
      }),
      ...pageArguments(builder),
    },
    resolve: (_root, { network, filter, ...page }, { queue }) =>
      queue({ ...page, filter: { ...filter, ...(network ? { network } : {}) } }),
  }),
);
