// Uppy's uploaders as they are published, with an endpoint, a key and nothing else.
import { Uppy, Tus, XHRUpload } from './node_modules/uppy/dist/uppy.min.mjs';

globalThis.send = async (base, key, uploader, text) => {
  const headers = { authorization: `Bearer ${key}` };
  const uppy = new Uppy();
  if (uploader === 'tus') uppy.use(Tus, { endpoint: `${base}/api/v1/tus`, headers, chunkSize: 1 << 20 });
  else uppy.use(XHRUpload, { endpoint: `${base}/api/v1/uploads`, headers, bundle: uploader === 'bundle' });
  uppy.addFile({ name: 'größe 😀.txt', type: 'text/plain', data: new Blob([text]) });
  const { successful, failed } = await uppy.upload();
  return JSON.stringify(failed.length ? { error: failed[0].error } : { url: successful[0].uploadURL });
};
