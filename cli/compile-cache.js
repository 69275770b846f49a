import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Loaded before a verb (`node --import`), in plain JavaScript so that nothing has to be stripped to load it: what was
// stripped and compiled once is read back, a quarter of the start and 25 MiB less. Where the folder cannot be written,
// nothing is kept and nothing fails.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/hub', import.meta.url)));
