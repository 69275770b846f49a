import { appendFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';

/** Where accepted breaking changes are told, with their reason; consumers read it. */
export const BREAKING_FILE = fileURLToPath(new URL('../docs/decisions/breaking.md', import.meta.url));

/**
 * What a consumer of `before` would lose with `after`, each as one sentence, except what `accepted` (the text of
 * the file of breaking changes) already tells.
 */
export async function breakingChanges(before: string, after: string, accepted: string): Promise<string[]> {
  // A tool of development: a hub in production neither composes nor carries it.
  const { CriticalityLevel, diff } = await import('@graphql-inspector/core');
  const changes = await diff(buildSchema(before), buildSchema(after));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message)
    .filter((message) => !accepted.includes(message));
}

/**
 * Refuses to replace a published schema by one that breaks its consumers, unless `reason` says why; what is accepted
 * is then written down.
 *
 * @throws Error that names each breaking change and says how to accept it.
 */
export async function refuseBreaking(before: string, after: string, reason?: string): Promise<void> {
  const changes = await breakingChanges(before, after, await readFile(BREAKING_FILE, 'utf8'));
  if (changes.length === 0) return;
  if (reason === undefined) {
    const list = changes.map((change) => `  ${change}`).join('\n');
    throw new Error(
      `This would break consumers:\n${list}\nDeprecate first; or accept it, with the reason that consumers will read: ` +
        'npm run schema -- --accept "why"',
    );
  }
  const day = new Date().toISOString().slice(0, 10);
  await appendFile(BREAKING_FILE, changes.map((change) => `- ${change} — ${reason} (${day})\n`).join(''));
}
