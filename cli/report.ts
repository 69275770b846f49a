import type { ImportReport, ProblemGroup } from '../kernel/import/report.ts';

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** An import's report for a person: what happened, what is wrong with the file, where to look. */
export function formatReport(report: ImportReport): string {
  const lines = [`${report.feed} · ${report.fileName}: ${headline(report)}`];
  if (report.state !== 'ALREADY_IMPORTED' && report.counts.read > 0) lines.push(`  ${totals(report)}`);
  if (report.merge !== null) lines.push(`  ${merged(report.merge)}`);
  for (const notice of report.notices) lines.push(`  note: ${notice}`);
  for (const group of report.problems) lines.push('', ...problem(group));
  if (report.rejectsFile !== null) lines.push('', `  Rejected and quarantined rows: ${report.rejectsFile}`);
  if (report.refusal?.code === 'REJECTED_ROWS') {
    lines.push('  Correct the file, or publish its good rows with --accept-rejects.');
  }
  return `${lines.join('\n')}\n`;
}

function headline({ state, publication, importId, importedAt, refusal }: ImportReport): string {
  switch (state) {
    case 'PUBLISHED':
      return `published as number ${publication} (import ${importId})`;
    case 'DRY_RUN':
      return 'would be published (dry run, nothing was changed)';
    case 'ALREADY_IMPORTED':
      return `already imported on ${importedAt?.toISOString() ?? 'an earlier day'} (import ${importId}, publication ${publication}), nothing to do`;
    case 'REFUSED':
      return `REFUSED, nothing was changed\n  ${refusal?.code}: ${refusal?.message}`;
  }
}

function totals({ counts, seconds }: ImportReport): string {
  const rate = seconds > 0 ? ` (${Math.round(counts.read / seconds)} rows/s)` : '';
  return (
    `${plural(counts.read, 'row')} read: ${counts.accepted} good, ${counts.rejected} rejected, ` +
    `${counts.quarantined} quarantined, ${plural(counts.notices, 'notice')} · ${seconds.toFixed(1)} s${rate}`
  );
}

function merged({
  inserted,
  updated,
  unchanged,
  closed,
  details,
}: NonNullable<ImportReport['merge']>): string {
  const others = Object.entries(details ?? {}).map(([label, count]) => `, ${label}: ${count}`);
  return `${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${closed} closed${others.join('')}`;
}

const foundText = (sample: string) =>
  sample.trim() === '' ? ' (the cell is empty)' : ` (found « ${sample} »)`;

function problem({ severity, code, count, samples }: ProblemGroup): string[] {
  const examples = samples.map(({ line, column, message, sample }) => {
    const found = sample === null ? '' : foundText(sample);
    return `    line ${line}${column === null ? '' : `, ${column}`}: ${message}${found}`;
  });
  const more = count > samples.length ? [`    … and ${count - samples.length} more`] : [];
  return [`  ${severity} ${code}: ${plural(count, 'problem')}`, ...examples, ...more];
}
