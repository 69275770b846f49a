import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { GAPS } from '../fact/sources.ts';
import { saveFields } from '../fact/subject.input.type.ts';
import { GapSeverityEnum, ResultGap } from './gap.type.ts';
import { saveGap } from './save.ts';

const SaveInput = builder.inputType('SaveGapInput', {
  ...internalOnly,
  description: 'What a gap says from now on.',
  fields: (t) => ({
    ...saveFields(t),
    observedOn: t.field({
      type: 'Date',
      required: true,
      description: 'Day on which it was seen, today at the latest.',
    }),
    severity: t.field({ type: GapSeverityEnum, required: true, description: 'How serious it is.' }),
    diagnosis: t.id({ description: 'The self-diagnosis of the network that it was found in.' }),
    indicator: t.id({ description: 'What was measured; this or a commitment is needed.' }),
    commitment: t.id({ description: 'The commitment that it is a gap to.' }),
    period: t.string({ description: 'Period of the result, such as 2025 or 2025-S1.' }),
    target: t.string({ description: 'What was aimed at, a decimal such as "80" or "78.5".' }),
    actual: t.string({ description: 'What was reached, a decimal.' }),
    cause: t.string({ description: 'Why, as the service sees it; 2 000 characters at most.' }),
    source: t.string({
      description: 'Where the values come from, needed with them; 300 characters at most.',
    }),
    plan: t.id({ description: 'The action plan of the network that is to close it.' }),
  }),
});

const Payload = factPayload('ResultGapPayload', 'gap', ResultGap, ({ working }) => working.gaps);

builder.mutationField('saveGap', (t) =>
  t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description:
      'Makes a gap between a result and its target, which is a draft until it is published, or changes one.',
    args: { input: t.arg({ type: SaveInput, required: true, description: 'The gap.' }) },
    resolve: (_root, { input }, { writing }) => saveGap(writing, input),
  }),
);
publicationMutations('Gap', GAPS, Payload);
