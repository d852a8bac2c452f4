#!/usr/bin/env bash
# Makes the vendored bundle of Uppy again, from npm and byte for byte: the Maven build takes it as it
# is and needs no Node. Another version goes into package.json; then `npm install`, this, and the
# names in WebRoutes.java and upload.html. VendoredTest tells what doesn't fit together.
set -euo pipefail

cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"
web=../resources/io/sluice/edge/http/web
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp package.json package-lock.json uppy.js licences.mjs "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund >&2
version=$(node -p 'require("@uppy/core/package.json").version')
bundle=uppy-$version.min.js
node_modules/.bin/esbuild uppy.js --bundle --minify --format=iife --global-name=uppy --target=es2022 \
  --charset=utf8 --legal-comments=none --metafile=meta.json --outfile="$bundle" \
  --banner:js="// @uppy/core $version and what it needs: the licences are in uppy-$version.licences.txt" >&2
node licences.mjs meta.json >"uppy-$version.licences.txt"
cd - >/dev/null

rm -f "$web"/uppy-*
cp "$work/$bundle" "$work/uppy-$version.licences.txt" "$web"
node - "$work" "$bundle" >"$web/vendored.json" <<'EOF'
const { readFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const [work, bundle] = process.argv.slice(2);
const bytes = readFileSync(`${work}/${bundle}`);
const hash = (name, form) => createHash(name).update(bytes).digest(form);
const { dependencies } = JSON.parse(readFileSync(`${work}/package.json`, 'utf8'));
console.log(JSON.stringify([{
  file: bundle,
  packages: dependencies,
  license: 'MIT',
  sha256: hash('sha256', 'hex'),
  integrity: `sha384-${hash('sha384', 'base64')}`,
}], null, 2));
EOF
cat "$web/vendored.json"
