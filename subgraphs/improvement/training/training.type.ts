import { parsePeriod } from '../../../kernel/period.ts';
import { builder } from '../builder.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import { enumOf } from '../register/field.type.ts';
import { registerType } from '../register/register.type.ts';
import { shareOf } from '../register/share.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import type { Coverage } from './coverage.ts';
import { THEME, TRAINING_COUNTS, type TrainingTheme } from './training.kind.ts';

const { type: TrainingCount } = registerType(TRAINING_COUNTS, ({ registers }) => registers.training);

builder.objectField(TrainingCount, 'share', (t) =>
  t.float({
    nullable: true,
    description: 'Share of the agents who are trained, 0 to 1.',
    resolve: ({ trained, agents }) => shareOf(trained, agents),
  }),
);

export const TrainingCoverage = builder.objectRef<Coverage>('TrainingCoverage').implement({
  description:
    'How many agents in contact with users are trained to something in a place. Counts are added up, shares never ' +
    'averaged, and nobody is counted twice: a count is left out where a finer one of the same network, theme and ' +
    'period stands, that of a network beside those of its structures, that of a structure beside those below it.',
  fields: (t) => ({
    theme: t.field({
      type: enumOf(THEME),
      description: 'What they are trained to.',
      resolve: ({ theme }) => theme,
    }),
    period: t.exposeString('period', { description: 'The period of the counts.' }),
    agents: t.exposeInt('agents', { description: 'Agents in contact with users.' }),
    trained: t.exposeInt('trained', { description: 'Those of them who are trained.' }),
    share: t.float({
      nullable: true,
      description: 'Share of the agents who are trained, 0 to 1: `trained` of `agents`.',
      resolve: ({ trained, agents }) => shareOf(trained, agents),
    }),
    counts: t.exposeInt('counts', { description: 'Counts that were added up.' }),
    unitsCounted: t.exposeInt('counted', {
      description: 'Units that these counts are about, in whole or in part; of `units`.',
    }),
    units: t.exposeInt('units', {
      description:
        'Units of the place, of all networks asked: open sites where a network publishes by site, else its structures of the level that it publishes at.',
    }),
  }),
});

const THEME_AND_PERIOD = builder.args((t) => ({
  theme: t.field({
    type: enumOf(THEME),
    description: 'Only this theme; every theme that is counted when omitted.',
  }),
  period: t.string({
    description:
      'Only this period: 2025, 2025-S1, 2025-T3 or 2025-07. When omitted, the latest of each theme.',
  }),
}));

/** @throws BAD_USER_INPUT for a period that is none */
const asked = ({
  theme,
  period,
}: {
  theme?: string | null | undefined;
  period?: string | null | undefined;
}) => ({
  theme: (theme ?? null) as TrainingTheme | null,
  period: period == null ? null : parsePeriod(period).label,
});

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'trainingCoverage', (t) =>
    t.field({
      type: [TrainingCoverage],
      nullable: true,
      description: `Trained agents, by theme, from the public counts ${whose}.`,
      args: THEME_AND_PERIOD,
      resolve: ({ id }, args, { registers }) => registers.coverage(kind, {}, asked(args)).load(id),
    }),
  );
}

const TrainingScope = builder.inputType('TrainingScope', {
  description: 'Where agents work; every condition given must hold.',
  fields: subjectFilter,
});

builder.queryField('trainingCoverage', (t) =>
  t.field({
    type: [TrainingCoverage],
    nullable: true,
    description: 'Trained agents, by theme, from all public counts.',
    args: { filter: t.arg({ type: TrainingScope, description: 'Which agents.' }), ...THEME_AND_PERIOD },
    resolve: (_root, { filter, ...args }, { registers }) =>
      registers.coverage('EVERYTHING', filter ?? {}, asked(args)).load(''),
  }),
);
