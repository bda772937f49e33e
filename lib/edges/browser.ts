export { default as browser, type Runtime } from 'webextension-polyfill';
