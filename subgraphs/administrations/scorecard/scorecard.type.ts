import { shareOrNull } from '../../../kernel/decimal.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { type ProofKey, placeKind, proofOf } from '../../../kernel/proof.ts';
import { builder } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import {
  CommitmentType,
  NetworkCommitmentType,
  NetworkType,
  SiteType,
  StructureType,
  TerritoryType,
} from '../refs.ts';
import { CONTACT_ITEMS, type ContactItem } from '../site/completeness.ts';
import { ContactItemEnum } from '../site/contact.type.ts';
import type { ContactDuty } from './contact-duty.query.ts';
import type { Displayed } from './display.query.ts';
import { type Proof, scorecardOf } from './scorecard.ts';

/** Numbers of the commitment « entrer facilement en contact », in both lists. */
const CONTACT = new Set(['COMMITMENT-E2', 'COMMITMENT-2021-2']);

const DisplayedType = builder.objectRef<Displayed>('CommitmentDisplays').implement({
  description: 'Where a commitment is displayed, over the sites of a scope.',
  fields: (t) => ({
    sites: t.exposeInt('sites', { description: 'Open sites of the scope.' }),
    displaying: t.exposeInt('displaying', { description: 'Those that display it in their reception.' }),
    share: t.float({
      nullable: true,
      description: 'Share of the sites that display it, 0 to 1; null without any site.',
      resolve: ({ displaying, sites }) => shareOrNull(displaying, sites),
    }),
    since: t.expose('since', {
      type: 'Date',
      nullable: true,
      description: 'First day on which one of them displayed it, where it is known.',
    }),
    onTheWeb: t.exposeBoolean('web', { description: 'Whether it is shown on the web.' }),
  }),
});

const ItemType = builder.objectRef<{ item: ContactItem; sites: number }>('ContactDutyItem').implement({
  description: 'One thing that the contact duty asks for.',
  fields: (t) => ({
    item: t.expose('item', { type: ContactItemEnum, description: 'What is asked for.' }),
    sites: t.exposeInt('sites', { description: 'Sites of the scope that publish it.' }),
  }),
});

const ContactDutyType = builder.objectRef<ContactDuty>('ContactDuty').implement({
  description: 'How the sites of a scope keep the duty to say how they are reached.',
  fields: (t) => ({
    sites: t.exposeInt('sites', { description: 'Open sites of the scope.' }),
    complete: t.exposeInt('complete', { description: 'Those that publish every item.' }),
    completeShare: t.float({
      nullable: true,
      description: 'Their share, 0 to 1; null without any site.',
      resolve: ({ complete, sites }) => shareOrNull(complete, sites),
    }),
    items: t.field({
      type: [ItemType],
      description: 'How many sites publish each item.',
      resolve: ({ items }) => CONTACT_ITEMS.map((item) => ({ item, sites: items[item] })),
    }),
  }),
});

/** The key of a line; lines come from this subgraph or from its own ids. */
const keyOf = ({ id }: Proof): ProofKey => {
  const key = proofOf(id);
  if (key === null) throw new Error('A line of a scorecard without its key.');
  return key;
};

const placeOf =
  (
    kind: 'TERRITORY' | 'STRUCTURE' | 'SITE',
    load: (id: string, context: AdministrationsContext) => unknown,
  ) =>
  (proof: Proof, _args: object, context: AdministrationsContext) => {
    const { place } = keyOf(proof);
    return (placeKind(place) === kind ? load(place, context) : null) as never;
  };

const ProofType = builder.objectRef<Proof>('CommitmentProof').implement({
  description: 'One commitment in one scope: the promise and the proof, side by side.',
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }) =>
    proofOf(String(id)) ? { id: String(id) } : null,
  ),
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'Says the commitment and the scope: PROOF-COMMITMENT-E4~NET-caf~DEP-62.',
    }),
    commitment: t.field({
      type: CommitmentType,
      nullable: true,
      description: 'The commitment.',
      resolve: (proof, _args, { loaders }) => loaders.commitment.byId.load(keyOf(proof).commitment),
    }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network; null for all of them.',
      resolve: (proof, _args, { loaders }) => {
        const { network } = keyOf(proof);
        return network === null ? null : loaders.network.byId.load(network);
      },
    }),
    territory: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'The territory, where the scope is one.',
      resolve: placeOf('TERRITORY', (id, { loaders }) => loaders.territory.byId.load(id)),
    }),
    structure: t.field({
      type: StructureType,
      nullable: true,
      description: 'The structure, where the scope is one; those below it count too.',
      resolve: placeOf('STRUCTURE', (id, { loaders }) => loaders.structure.byId.load(id)),
    }),
    site: t.field({
      type: SiteType,
      nullable: true,
      description: 'The site, where the scope is one.',
      resolve: placeOf('SITE', (id, { loaders }) => loaders.site.byId.load(id)),
    }),
    promise: t.field({
      type: NetworkCommitmentType,
      nullable: true,
      description:
        'The promise in the own words of the network; null where it has none, or for all networks.',
      resolve: (proof, _args, { loaders }) => {
        const { network, commitment } = keyOf(proof);
        return network === null
          ? null
          : loaders.commitment.wording.load({ networkId: network, commitmentId: commitment });
      },
    }),
    displays: t.field({
      type: DisplayedType,
      nullable: true,
      description: 'Where the promise is displayed.',
      resolve: (proof, _args, { loaders }) => {
        const { commitment, ...where } = keyOf(proof);
        return loaders.scorecard.displayed(where).load(commitment);
      },
    }),
    contactDuty: t.field({
      type: ContactDutyType,
      nullable: true,
      description: 'How reachable the sites are, for the commitment that promises it; null for the others.',
      resolve: (proof, _args, { loaders }) => {
        const { commitment, ...where } = keyOf(proof);
        return CONTACT.has(commitment) ? loaders.scorecard.contactDuty(where) : null;
      },
    }),
  }),
});

const ScopeInput = builder.inputType('ScorecardScope', {
  description: 'Where proofs are looked for: a network, a place, or both; the whole country when empty.',
  fields: (t) => ({
    network: t.id({ description: 'This network; that of the structure or the site when omitted.' }),
    territory: t.id({ description: 'This territory.' }),
    structure: t.id({ description: 'This structure, and those below it.' }),
    site: t.id({ description: 'This site.' }),
  }),
});

builder.queryField('commitmentScorecard', (t) =>
  t.field({
    type: [ProofType],
    nullable: true,
    description:
      'Each commitment in a scope, the promise and the proof side by side, in their official order.',
    args: {
      scope: t.arg({ type: ScopeInput, required: true, description: 'Where.' }),
      version: t.arg.id({ description: 'Year of the list of commitments, 2021 or 2024; 2024 when omitted.' }),
    },
    resolve: (_root, { scope, version }, context) => scorecardOf(scope, version, context),
  }),
);
