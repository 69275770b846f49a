import { badInput } from '../../../kernel/errors.ts';
import { builder } from '../builder.ts';
import { Figure } from '../figure/figure.type.ts';
import { isLeanSeries } from '../figure/figures.type.ts';
import type { Indicator as IndicatorShape } from '../indicator/indicator.loader.ts';
import { Indicator } from '../indicator/indicator.type.ts';
import { type Optional, optionalPeriod, optionalText } from '../input.ts';
import { between } from './breaks.ts';
import type { SeriesKey } from './series.query.ts';

const FigureScope = builder.inputType('FigureScope', {
  description: 'Whose figures: one territory, structure or site, of one network.',
  fields: (t) => ({
    network: t.id({
      description: 'The network; may be left out for an indicator of its own, or of all services together.',
    }),
    territory: t.id({ description: 'A territory: FR, REG-32, DEP-62.' }),
    structure: t.id({ description: 'A structure.' }),
    site: t.id({ description: 'A site.' }),
  }),
});

interface Scope {
  network?: Optional<string>;
  territory?: Optional<string>;
  structure?: Optional<string>;
  site?: Optional<string>;
}

builder.objectFields(Indicator, (t) => ({
  series: t.field({
    type: [Figure],
    description:
      'Figures over time, the oldest first, their breaks marked; through the networks that it succeeded.',
    args: {
      scope: t.arg({ type: FigureScope, required: true, description: 'Whose figures.' }),
      from: t.arg.string({ description: 'First period: 2018.' }),
      to: t.arg.string({ description: 'Last period: 2023.' }),
    },
    resolve: async (indicator, { scope, from, to }, { loaders }, info) => {
      const series = await loaders.series(isLeanSeries(info)).load(seriesKey(indicator, scope));
      return between(series, optionalPeriod(from)?.start ?? null, optionalPeriod(to)?.end ?? null);
    },
  }),
}));

function seriesKey(indicator: IndicatorShape, scope: Scope): SeriesKey {
  const subjects = [scope.territory, scope.structure, scope.site].filter(
    (id) => id !== null && id !== undefined,
  );
  const [subject] = subjects.map((id) => optionalText(id, 'scope'));
  if (subjects.length !== 1 || !subject) {
    throw badInput('"scope" must name one territory, one structure or one site.');
  }
  const network = optionalText(scope.network, 'network') ?? indicator.current.network_id;
  if (network === null)
    throw badInput('"scope" must name a network: every network publishes this indicator.');
  return { network, indicator: indicator.id, subject };
}
