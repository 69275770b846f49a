import { foreignEntity } from '../../../kernel/graphql/stub.ts';
import { placeKind, proofOf } from '../../../kernel/proof.ts';
import { builder } from '../builder.ts';
import { SimplificationFunnel } from '../funnel/funnel.type.ts';

/** « Une information claire, simple et accessible »: new in 2024, no commitment of 2021 promised it. */
const CLEAR = 'COMMITMENT-E5';

builder.objectField(foreignEntity(builder, 'CommitmentProof'), 'simplification', (t) =>
  t.field({
    type: SimplificationFunnel,
    nullable: true,
    description:
      'How far the complex documents that were reported in the scope got, for the commitment that promises clear information; null for the others.',
    resolve: ({ id }, _args, { loaders }) => {
      const key = proofOf(id);
      if (key === null || key.commitment !== CLEAR) return null;
      const kind = placeKind(key.place) ?? 'TERRITORY';
      return loaders.funnel({ kind, network: key.network, from: null, to: null }).load(key.place);
    },
  }),
);
