// tus-js-client as it is published, in one scenario: node tus.mjs ENDPOINT FILE SCENARIO, with the key in
// SLUICE_KEY. Prints a line of JSON about each thing that others have to know, the upload's URL last.
import { createReadStream, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { Upload } from 'tus-js-client';

const [, , endpoint, path, scenario] = process.argv;
const CHUNK = 256 * 1024;
const tell = (what) => console.log(JSON.stringify(what));

const common = {
  endpoint,
  headers: { authorization: `Bearer ${process.env.SLUICE_KEY}` },
  metadata: { filename: 'Übergröße 日本 😀.txt', filetype: 'text/plain', note: 'słońce' },
  retryDelays: [100, 500, 1000, 2000, 4000, 8000, 8000, 8000],
};

function run(source, options, started = () => {}) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(source, {
      ...common,
      ...options,
      onSuccess: () => resolve(upload),
      onError: reject,
    });
    started(upload);
    upload.start();
  });
}

/** Sends a part, then drops the upload; gives what another process would need to go on. */
function half(source, options = {}) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(source, {
      ...common,
      chunkSize: CHUNK,
      ...options,
      onChunkComplete: () => upload.abort().then(() => resolve(upload), reject),
      onError: reject,
    });
    upload.start();
  });
}

const scenarios = {
  whole: () => run(readFileSync(path), {}),
  'creation-with-upload': () => run(readFileSync(path), { uploadDataDuringCreation: true }),
  chunks: () => run(createReadStream(path), { chunkSize: CHUNK }),
  parallel: () => run(createReadStream(path), { parallelUploads: 4 }),
  'deferred-length': () =>
    run(createReadStream(path).pipe(new PassThrough()), {
      uploadLengthDeferred: true,
      chunkSize: CHUNK,
    }),
  'method-override': () => run(readFileSync(path), { overridePatchMethod: true }),
  resume: async () => {
    const { url } = await half(readFileSync(path));
    tell({ aborted: url });
    return run(readFileSync(path), { uploadUrl: url });
  },
  terminate: async () => {
    const upload = await half(readFileSync(path));
    await upload.abort(true);
    return upload;
  },
  // Whoever reads this kills the server when it is told so.
  killed: () => {
    let isTold = false;
    return run(createReadStream(path), {
      chunkSize: CHUNK,
      onChunkComplete: (_, sent, total) => {
        if (!isTold && sent > total / 4) {
          isTold = true;
          tell({ sent });
        }
      },
      onShouldRetry: (error) => {
        tell({ retry: error.message.split(',')[0] });
        return true;
      },
    });
  },
};

try {
  const { url } = await scenarios[scenario]();
  tell({ url });
} catch (error) {
  tell({ error: error.message });
  process.exitCode = 1;
}
