import { foreignEntity } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';

/** What administrations owns and figures are about. */
export const Territory = foreignEntity(builder, 'Territory');
export const Network = foreignEntity(builder, 'Network');
export const Structure = foreignEntity(builder, 'Structure');
export const Site = foreignEntity(builder, 'Site');
export const Commitment = foreignEntity(builder, 'Commitment');
export const Procedure = foreignEntity(builder, 'Procedure');
export const CommitmentProof = foreignEntity(builder, 'CommitmentProof');
