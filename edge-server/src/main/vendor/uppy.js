// What the upload page uses of Uppy; make.sh bundles it.
export { default as Uppy } from '@uppy/core';
export { default as Tus } from '@uppy/tus';
