import { type Choice, choice, count, day, words } from '../register/field.ts';
import { partOfWhole, register } from '../register/kind.ts';

const KIND = {
  name: 'ListeningBodyKind',
  description: 'Kinds of bodies in which users are heard.',
  values: {
    USER_COMMITTEE: { label: "comité d'usagers", description: 'A committee of users.' },
    USER_PANEL: { label: "panel d'usagers", description: 'A panel of users, asked now and then.' },
    USER_WORKSHOP: { label: "atelier d'usagers", description: 'Workshops in which users work on a subject.' },
    ONLINE_COMMUNITY: { label: 'communauté en ligne', description: 'An online community of users.' },
    MIXED_COUNCIL: {
      label: 'instance mixte',
      description: 'A council of users, agents, partners and elected officials.',
    },
  },
} as const satisfies Choice;

const members = (graph: string, header: string, who: string) =>
  count({ graph, header, max: 100_000, description: `Members who are ${who}.` });

const FIELDS = {
  name: words({ graph: 'name', header: 'nom', required: true, max: 300, description: 'Its name.' }),
  kind: choice({ graph: 'kind', header: 'nature', required: true, of: KIND, description: 'What it is.' }),
  users: members('users', 'usagers', 'users'),
  agents: members('agents', 'agents', 'agents'),
  partners: members('partners', 'partenaires', 'local partners'),
  elected: members('electedOfficials', 'elus', 'elected officials'),
  meetings_per_year: count({
    graph: 'meetingsPerYear',
    header: 'reunions_par_an',
    max: 366,
    description: 'Meetings in a year.',
  }),
  last_met_on: day({
    graph: 'lastMetOn',
    header: 'derniere_reunion',
    past: true,
    description: 'Day of its last meeting.',
  }),
  recommendations: count({
    graph: 'recommendations',
    header: 'recommandations',
    description: 'Recommendations that it made.',
  }),
  followed: count({
    graph: 'followed',
    header: 'suivies',
    description: 'Recommendations that were followed, of `recommendations`.',
  }),
} as const;

/** Commitment 7: where users are heard, and what became of what they said. */
export const LISTENING_BODIES = register(FIELDS, {
  type: 'ListeningBody',
  names: { one: 'listeningBody', many: 'listeningBodies' },
  noun: 'listening body',
  description: 'A body in which users are heard: a committee, a panel…',
  prefix: 'BODY',
  table: 'listening_body',
  feed: { name: 'listening-bodies', description: 'Bodies in which users are heard: template (CSV)' },
  day: 'last_met_on',
  rule: (values) => partOfWhole(values, 'followed', 'recommendations'),
});
