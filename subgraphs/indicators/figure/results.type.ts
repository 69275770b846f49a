import { builder } from '../builder.ts';
import { optionalPeriod, optionalTexts } from '../input.ts';
import { Site, Structure } from '../stub/stub.type.ts';
import { Figure } from './figure.type.ts';

for (const Subject of [Site, Structure]) {
  builder.objectFields(Subject, (t) => ({
    results: t.field({
      type: [Figure],
      nullable: true,
      description: 'What it published itself, under any network, the latest first; 200 results at most.',
      args: {
        indicators: t.arg.idList({ description: 'Only these indicators.' }),
        period: t.arg.string({ description: 'Only this period; all when omitted.' }),
      },
      resolve: ({ id }, { indicators, period }, { loaders }) =>
        loaders
          .resultsOf({ indicators: optionalTexts(indicators, 'indicators'), period: optionalPeriod(period) })
          .load(id),
    }),
  }));
}
