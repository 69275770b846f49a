import { badInput } from '../../../kernel/errors.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { cleanText } from '../../../kernel/text.ts';
import { builder } from '../builder.ts';
import { Network, Structure, Territory } from '../subject/stubs.type.ts';
import {
  BASELINE_WINDOWS,
  LEVEL,
  type Period,
  SIGNAL_PLACES,
  type Signal,
  type SignalPlace,
  type Signals,
} from './signal.ts';

const Place = builder.enumType('SignalPlace', {
  description: 'What a place is when its present is compared with its past.',
  values: Object.fromEntries(
    Object.entries(SIGNAL_PLACES).map(([name, description]) => [name, { description }]),
  ) as Record<SignalPlace, { description: string }>,
});

const Kind = builder.enumType('SignalKind', {
  description: 'What rises.',
  values: {
    TAG: { description: 'A theme that testimonies are sorted by.' },
    WORD: { description: 'A word of titles and texts, in any of its forms.' },
  },
});

interface Shown extends Signal {
  by: SignalPlace;
}

const at = (one: Shown, place: SignalPlace) => stubOf(one.by === place ? one.place : null);

const WeakSignal = builder.objectRef<Shown>('WeakSignal').implement({
  description:
    'A tag or a word told more often at a place than it was there before, and the numbers that say so.',
  fields: (t) => ({
    kind: t.expose('kind', { type: Kind, description: 'Whether it is a tag or a word.' }),
    value: t.exposeString('value', { description: 'Id of the tag, or stem of the word.' }),
    label: t.exposeString('label', {
      description: 'Name of the tag; of a word, the form most often written there lately.',
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network where it rises, when places are networks.',
      resolve: (one) => at(one, 'NETWORK'),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The département where it rises, when places are départements.',
      resolve: (one) => at(one, 'DEPARTEMENT'),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure where it rises, when places are structures.',
      resolve: (one) => at(one, 'STRUCTURE'),
    }),
    count: t.exposeInt('count', { description: 'Testimonies of the window that tell it.' }),
    exposure: t.exposeInt('exposure', { description: 'All testimonies of the place in the window.' }),
    countBefore: t.exposeInt('before', { description: 'Testimonies before the window that tell it.' }),
    exposureBefore: t.exposeInt('exposureBefore', {
      description: 'All testimonies of the place before the window, as far as it is compared.',
    }),
    expected: t.float({
      description: 'How many of the window would tell it at the rate of before.',
      resolve: ({ expected }) => rounded(expected),
    }),
    ratio: t.float({
      nullable: true,
      description: 'How many times more often it is told than expected; null when it was never told before.',
      resolve: ({ count, expected }) => (expected === 0 ? null : rounded(count / expected)),
    }),
    negativeShare: t.float({
      description: 'Share of negative testimonies among those of the window that tell it, 0 to 1.',
      resolve: ({ negative, count }) => rounded(negative / count),
    }),
    probability: t.exposeFloat('probability', {
      description:
        'Probability that chance alone brings as many: the conditional test of two Poisson means (Przyborowski and Wilenski, 1940).',
    }),
    correctedProbability: t.exposeFloat('corrected', {
      description: 'The same, corrected for all that was tested (Benjamini and Hochberg, 1995).',
    }),
  }),
});

const rounded = (value: number) => Number(value.toFixed(4));

interface Answer extends Omit<Signals, 'signals'> {
  signals: Shown[];
}

const day = (of: (period: Period) => string) => (answer: Answer) => answer.period && of(answer.period);

const WeakSignals = builder.objectRef<Answer>('WeakSignals').implement({
  description: `What rises at places against their own past. A window of days is compared with the ${BASELINE_WINDOWS} windows of the same length before it.`,
  fields: (t) => ({
    asOf: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day of the window; null when nothing was ever published.',
      resolve: day(({ asOf }) => asOf),
    }),
    from: t.field({
      type: 'Date',
      nullable: true,
      description: 'First day of the window.',
      resolve: day(({ from }) => from),
    }),
    baselineFrom: t.field({
      type: 'Date',
      nullable: true,
      description: 'First day of what it is compared with, up to the day before the window.',
      resolve: day(({ baselineFrom }) => baselineFrom),
    }),
    testimonies: t.int({
      description: 'Testimonies looked through.',
      resolve: ({ period }) => period?.testimonies ?? 0,
    }),
    tested: t.exposeInt('tested', {
      description: 'Pairs of a place and a tag or word that were often enough told to be tested.',
    }),
    level: t.float({
      description: 'Highest corrected probability of what is told here.',
      resolve: () => LEVEL,
    }),
    signals: t.field({
      type: [WeakSignal],
      description: 'The signals, those that chance explains least first.',
      resolve: ({ signals }) => signals,
    }),
  }),
});

const whole = (name: string, value: number, least: number, most: number): number => {
  if (value < least || value > most) {
    throw badInput(`"${name}" must be between ${least} and ${most}, got ${value}.`);
  }
  return value;
};
const idOf = (id: string | null | undefined, name: string) => (id ? cleanText(id, name) : null);

builder.queryField('weakSignals', (t) =>
  t.field({
    type: WeakSignals,
    nullable: true,
    description:
      'Tags and words of published testimonies that rise at a place against its own past, with the numbers that justify it.',
    args: {
      network: t.arg.id({ description: 'Only what is about this network.' }),
      territory: t.arg.id({ description: 'Only what is about structures that stand in this territory.' }),
      by: t.arg({
        type: Place,
        defaultValue: 'DEPARTEMENT',
        description: 'What places are compared with themselves.',
      }),
      window: t.arg.int({ defaultValue: 28, description: 'Days of the window, 7 to 92.' }),
      minimum: t.arg.int({
        defaultValue: 5,
        description: 'Testimonies of the window that must tell it, 3 to 1000.',
      }),
      asOf: t.arg({
        type: 'Date',
        description: 'Last day of the window; the last day on which a testimony was published when omitted.',
      }),
      most: t.arg.int({ defaultValue: 20, description: 'Signals at most, 1 to 50.' }),
    },
    resolve: async (_root, { network, territory, by, window, minimum, asOf, most }, { found }) => {
      const place = by ?? 'DEPARTEMENT';
      const answer = await found.signals(
        {
          network: idOf(network, 'network'),
          territory: idOf(territory, 'territory'),
          by: place,
          window: whole('window', window ?? 28, 7, 92),
          minimum: whole('minimum', minimum ?? 5, 3, 1000),
          asOf: asOf ?? null,
        },
        whole('most', most ?? 20, 1, 50),
      );
      return { ...answer, signals: answer.signals.map((one) => ({ ...one, by: place })) };
    },
  }),
);
