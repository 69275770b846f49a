import { toNumber } from '../../../kernel/decimal.ts';
import { builder } from '../builder.ts';
import type { Interval } from '../figure/interval.ts';
import { CONFIDENCE, IntervalMethodEnum, UnknownIntervalEnum } from '../figure/parts.type.ts';
import { isSignificant, type UnknownGap } from './gap-uncertainty.ts';

const known = (gap: Interval | UnknownGap) => (typeof gap === 'string' ? null : gap);

export const GapUncertainty = builder.objectRef<Interval | UnknownGap>('GapUncertainty').implement({
  description:
    'How sure a gap is. The answers are taken as a simple random sample of those that the place could have got.',
  fields: (t) => ({
    low: t.float({
      nullable: true,
      description: 'Lower bound of the gap, in points; null when unknown.',
      resolve: (gap) => toNumber(known(gap)?.low ?? null),
    }),
    high: t.float({
      nullable: true,
      description: 'Upper bound of the gap, in points; null when unknown.',
      resolve: (gap) => toNumber(known(gap)?.high ?? null),
    }),
    significant: t.boolean({
      nullable: true,
      description: 'Whether the gap is more than chance: zero is outside of the interval.',
      resolve: (gap) => (typeof gap === 'string' ? null : isSignificant(gap)),
    }),
    method: t.field({
      type: IntervalMethodEnum,
      nullable: true,
      description: 'How the interval is computed.',
      resolve: (gap) => known(gap)?.method ?? null,
    }),
    level: t.int({ description: 'Level of confidence, in percent.', resolve: () => CONFIDENCE }),
    reason: t.field({
      type: UnknownIntervalEnum,
      nullable: true,
      description: 'Why nothing is known; null when something is.',
      resolve: (gap) => (typeof gap === 'string' ? gap : null),
    }),
  }),
});
