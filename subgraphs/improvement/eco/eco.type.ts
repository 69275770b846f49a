import { builder } from '../builder.ts';
import { registerType } from '../register/register.type.ts';
import { Commitment } from '../subject/stubs.type.ts';
import { ECO_MEASURES } from './eco.kind.ts';

const registered = registerType(ECO_MEASURES, ({ registers }) => registers.eco);

export const EcoMeasureConnection = registered.connection;

builder.objectField(registered.type, 'commitment', (t) =>
  t.field({
    type: Commitment,
    nullable: true,
    description: 'The commitment that it serves: the eighth of 2024, limiting our impact on the environment.',
    resolve: () => ({ id: 'COMMITMENT-E8' }),
  }),
);
