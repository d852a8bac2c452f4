// Uppy as it is published, without a browser: node uppy.mjs BASE FILE tus|xhr, with the key in SLUICE_KEY.
// Prints the upload's URL as Uppy tells it. XMLHttpRequest, which Node hasn't got, is jsdom's.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { JSDOM } from 'jsdom';
import Uppy from '@uppy/core';

const [, , base, path, uploader] = process.argv;
const headers = { authorization: `Bearer ${process.env.SLUICE_KEY}` };
const uppy = new Uppy();
let data = readFileSync(path);
if (uploader === 'xhr') {
  const { window } = new JSDOM('', { url: base });
  for (const name of ['XMLHttpRequest', 'FormData', 'ProgressEvent']) globalThis[name] = window[name];
  data = new window.Blob([data], { type: 'text/plain' });
  const { default: XHRUpload } = await import('@uppy/xhr-upload');
  uppy.use(XHRUpload, { endpoint: `${base}/api/v1/uploads`, headers });
} else {
  const { default: Tus } = await import('@uppy/tus');
  uppy.use(Tus, { endpoint: `${base}/api/v1/tus`, headers });
}
uppy.addFile({ name: basename(path), type: 'text/plain', data, size: data.length ?? data.size });
const { successful, failed } = await uppy.upload();
console.log(JSON.stringify(
  failed.length ? { error: failed[0].error } : { url: new URL(successful[0].uploadURL, base).href },
));
process.exit(failed.length);
