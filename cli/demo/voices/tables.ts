import type { Voice } from './voice.ts';

/** A table that testimonies fill: its columns, and the lines of COPY for one testimony. */
interface VoiceTable {
  columns: string;
  lines(voice: Voice, importId: string): string;
}

const REPLY = 'Bonjour, merci pour votre message.';

/** One line of COPY; null is `\N`. No text of these testimonies holds what would have to be escaped. */
const line = (...cells: (string | number | null)[]) => `${cells.map((cell) => cell ?? '\\N').join('\t')}\n`;
const idOf = ({ number }: Voice) => `TEM-DEMO-${number}`;

/** The tables in the order in which they can be filled. */
export const VOICE_TABLES: Readonly<Record<string, VoiceTable>> = {
  testimony: {
    columns:
      'id, state, title, body, pseudonym, posted_as, feeling, written_on, published_on, rejection_reason, user_departement_id, user_region_id, similar_experiences, action_engaged, action_engaged_on, import_id, import_row',
    lines: (voice, importId) =>
      line(
        idOf(voice),
        voice.state,
        voice.title,
        voice.body,
        voice.pseudonym,
        voice.postedAs,
        voice.feeling,
        voice.written,
        voice.published,
        voice.state === 'REJECTED' ? 'Hors périmètre' : null,
        voice.home?.departement ?? null,
        voice.home?.region ?? null,
        voice.similar,
        voice.acted === null ? 'f' : 't',
        voice.acted,
        importId,
        voice.number,
      ),
  },
  concern: {
    columns: 'network_id, testimony_id, position, structure_id, site_id, channels, status',
    lines: (voice) =>
      voice.concerns
        .map(({ told, channels, status }, index) =>
          line(
            told.network,
            idOf(voice),
            index + 1,
            told.structure,
            told.site,
            `{${channels.join(',')}}`,
            status,
          ),
        )
        .join(''),
  },
  reply: {
    columns: 'network_id, testimony_id, position, body, first_answered_on, ai_similarity',
    lines: (voice) =>
      voice.concerns
        .map(({ told, answered, similarity }, index) =>
          answered === null ? '' : line(told.network, idOf(voice), index + 1, REPLY, answered, similarity),
        )
        .join(''),
  },
  testimony_tag: {
    columns: 'testimony_id, tag_id',
    lines: (voice) => voice.tags.map((tag) => line(idOf(voice), tag)).join(''),
  },
  testimony_procedure: {
    columns: 'testimony_id, label',
    lines: (voice) => (voice.procedure === null ? '' : line(idOf(voice), voice.procedure)),
  },
};
