import {
  createKey as create,
  type ListedKey,
  listKeys as list,
  revokeKey as revoke,
} from '../../gateway/identity/key.query.ts';
import { parseKey } from '../../gateway/identity/key.ts';
import type { Config } from '../../kernel/config.ts';
import { HubError } from '../../kernel/errors.ts';
import { asOwner, type GrantFlags, grantText, instantText, resolveGrant } from './grant.ts';

/** What a key is asked for with. */
export interface KeyFlags extends GrantFlags {
  label: string;
  expires?: Date;
  quota?: number;
}

/** The key goes to standard output, alone, so that it can be piped where it is kept; the rest to standard error. */
export const createKey = (config: Config, { label, expires, quota, ...flags }: KeyFlags) =>
  asOwner(config, async (db) => {
    const grant = await resolveGrant(db, flags);
    const { id, key } = await create(db, {
      ...grant,
      label,
      expiresAt: expires ?? null,
      dailyQuota: quota ?? null,
    });
    process.stderr.write(
      `Key ${id}, ${grantText(grant)}, for « ${label} », ${expiryText(expires ?? null)}.\n` +
        'It is shown this once and kept nowhere: hand it over by a safe way. Requests carry it as\n' +
        '  Authorization: Bearer <key>\n',
    );
    process.stdout.write(`${key}\n`);
  });

export const listKeys = (config: Config, { json }: { json?: true }) =>
  asOwner(config, async (db) => {
    const keys = await list(db);
    process.stdout.write(json ? `${JSON.stringify(keys, null, 2)}\n` : keys.map(formatKey).join(''));
  });

export const revokeKey = (config: Config, idOrKey: string) =>
  asOwner(config, async (db) => {
    const id = parseKey(idOrKey)?.id ?? idOrKey;
    if (!(await revoke(db, id))) throw new HubError('NOT_FOUND', 'No living key has this id.');
    process.stdout.write(`Key ${id} is revoked; running hubs refuse it within two seconds.\n`);
  });

const expiryText = (expiresAt: Date | null) =>
  expiresAt === null ? 'without an end' : `until ${instantText(expiresAt)}`;

/** One key, on two lines. */
export function formatKey(key: ListedKey): string {
  const { id, state, label, createdAt, expiresAt, revokedAt, lastUsedAt, requestsToday, dailyQuota } = key;
  const facts = [
    `created ${instantText(createdAt)}`,
    revokedAt === null ? expiryText(expiresAt) : `revoked ${instantText(revokedAt)}`,
    lastUsedAt === null ? 'never used' : `last used ${instantText(lastUsedAt)}`,
    `${requestsToday}${dailyQuota === null ? '' : ` of ${dailyQuota}`} requests today`,
  ];
  return `${id}  ${state}  ${grantText(key)}  « ${label} »\n    ${facts.join(' · ')}\n`;
}
