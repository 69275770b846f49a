import { proofOf } from '../../../kernel/proof.ts';
import { builder } from '../builder.ts';
import { Comparison } from '../comparison/comparison.type.ts';
import { Figure } from '../figure/figure.type.ts';
import { CommitmentProof } from '../stub/stub.type.ts';
import { comparisonsOfProof, figuresOfProof } from './proof.ts';

builder.objectFields(CommitmentProof, (t) => {
  const period = t.arg.string({
    description: 'A period: 2023, 2023-S1…; when omitted, as where the same figures are asked for by place.',
  });
  return {
    figures: t.field({
      type: [Figure],
      nullable: true,
      description: 'The figures of the scope, of the indicators that prove the commitment.',
      args: { period },
      resolve: ({ id }, args, { loaders }) => {
        const key = proofOf(id);
        return key === null ? null : figuresOfProof(key, args.period, loaders);
      },
    }),
    comparisons: t.field({
      type: [Comparison],
      nullable: true,
      description: 'The same against every level, where the scope is a structure or a site.',
      args: { period },
      resolve: ({ id }, args, { loaders }) => {
        const key = proofOf(id);
        return key === null ? null : comparisonsOfProof(key, args.period, loaders);
      },
    }),
  };
});
