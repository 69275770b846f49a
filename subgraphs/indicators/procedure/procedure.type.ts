import { builder } from '../builder.ts';
import { Figure } from '../figure/figure.type.ts';
import { optionalPeriod } from '../input.ts';
import { Procedure } from '../stub/stub.type.ts';

builder.objectFields(Procedure, (t) => ({
  onlineQuality: t.field({
    type: Figure,
    nullable: true,
    description:
      'How users score it online, out of ten (IND-SCORE_DEMARCHE, of which the common core counts those of 8 and more); null when no score is published.',
    args: { period: t.arg.string({ description: '2023, 2023-S1…; the latest when omitted.' }) },
    resolve: ({ id }, { period }, { loaders }) => loaders.onlineQuality(optionalPeriod(period)).load(id),
  }),
}));
