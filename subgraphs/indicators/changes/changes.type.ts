import { internal } from '../../../kernel/graphql/access.ts';
import { changesType } from '../../../kernel/graphql/changes.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder, PageInfo } from '../builder.ts';
import { Figure, indicatorOf, subjectOf } from '../figure/figure.type.ts';
import { Indicator, networkOf } from '../indicator/indicator.type.ts';
import { Network, Procedure, Site, Structure, Territory } from '../stub/stub.type.ts';
import type { ResultChangeRow } from './changes.query.ts';

const KindEnum = builder.enumType('ResultChangeKind', {
  description: 'What became of a result.',
  values: {
    PUBLISHED: { description: 'It was published, for the first time or again after it was withdrawn.' },
    CORRECTED: { description: 'Its value changed, or is withheld from now on, or is not withheld any more.' },
    WITHDRAWN: { description: 'It is not published any more: forget it.' },
  } as const,
});

export const ResultChange = builder.objectRef<ResultChangeRow>('ResultChange').implement({
  description:
    'A result of a site, a structure, a territory or a procedure that changed, once, at its latest change. It is named by network, indicator, definition, subject and period.',
  fields: (t) => ({
    kind: t.field({
      type: KindEnum,
      description: 'What became of it then.',
      resolve: ({ withdrawn, corrected }) =>
        withdrawn ? 'WITHDRAWN' : corrected ? 'CORRECTED' : 'PUBLISHED',
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'Whose result it is; null for all public services together.',
      resolve: ({ network_id }) => networkOf(network_id),
    }),
    indicator: t.field({
      type: Indicator,
      description: 'What is measured.',
      resolve: ({ indicator_id }, _args, { loaders }) => indicatorOf(indicator_id, loaders),
    }),
    definition: t.int({
      description: 'Version of the definition that it was measured under.',
      resolve: ({ definition_version }) => definition_version ?? 0,
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site that it is about.',
      resolve: (row) => subjectOf(row, 'SITE'),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that it is about.',
      resolve: (row) => subjectOf(row, 'STRUCTURE'),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The territory that it is about.',
      resolve: (row) => subjectOf(row, 'TERRITORY'),
    }),
    procedure: t.field({
      type: Procedure,
      nullable: true,
      description: 'The procedure that it is about.',
      resolve: (row) => stubOf(row.subject_kind === 'PROCEDURE' ? row.subject_id : null),
    }),
    period: t.string({
      description: 'Period: 2023, 2023-S1, 2023-T3 or 2023-07.',
      resolve: (row) => periodLabel(row.period_grain, row.period_start),
    }),
    publication: t.int({
      description: 'Number of the publication that changed it, rising.',
      resolve: ({ changed_in }) => Number(changed_in),
    }),
    publishedAt: t.expose('published_at', { type: 'DateTime', description: 'When that was published.' }),
    figure: t.field({
      type: Figure,
      nullable: true,
      description: 'What is published now; null when it is withdrawn.',
      resolve: (row) => (row.withdrawn ? null : row),
    }),
  }),
});
const ResultChanges = connectionType(builder, PageInfo, 'ResultChange', ResultChange);

builder.objectFields(changesType(builder), (t) => ({
  results: t.field({
    type: ResultChanges,
    nullable: true,
    description:
      'Results that were published, corrected or withdrawn, by files, through the graph or by undoing either; in the order of publication.',
    args: {
      network: t.arg.id({ description: 'Only those of this network.' }),
      ...pageArguments(builder),
    },
    resolve: ({ since }, args, { changes }) => changes.results(since, args),
  }),
}));

builder.objectFields(Figure, (t) => ({
  version: t.int({
    nullable: true,
    ...internal('results:publish'),
    description:
      'Number of the publication that the result came with: what `correctResult` and `withdrawResult` ask for. Null for a figure that is computed, or that nothing was published for.',
    resolve: async (row, _args, { changes }) => {
      if (row.basis !== 'PUBLISHED' || row.subject_id === null || row.definition_version === null)
        return null;
      const found = await changes.version.load({
        network: row.network_id,
        indicator: row.indicator_id,
        definition: row.definition_version,
        subject: row.subject_id,
        grain: row.period_grain,
        start: row.period_start,
      });
      return found && Number(found.version);
    },
  }),
}));
