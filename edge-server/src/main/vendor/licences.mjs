// Prints the licences of all packages in a bundle, from esbuild's description of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , metafile] = process.argv;
const [output] = Object.values(JSON.parse(readFileSync(metafile, 'utf8')).outputs);
const folders = new Set();
for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
  const found = file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  if (found && bytesInOutput > 0) folders.add(found[1]);
}
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  console.log(`==== ${name} ${version} (${license})\n`);
  const text = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const own = text && existsSync(join(folder, text)) ? readFileSync(join(folder, text), 'utf8') : '';
  console.log(`${own.replaceAll('\r\n', '\n').trim() || 'The package has no text of its licence.'}\n`);
}
