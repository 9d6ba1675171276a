// Starts the session worker, and imports further modules for it: WebAssembly cannot say `import()`.
import init from './session-worker.js';

const modules = new Map();

// A module under another query is another one: so one that broke down is had anew.
const load = async (name, query) => {
  const module = await import(`./${name}.js?${query}`);
  await module.default({ module_or_path: new URL(`${name}_bg.wasm?${query}`, import.meta.url) });
  return module;
};

self.popglassImport = (name, query, onLoaded, onFailed) => {
  const url = `${name}?${query}`;
  if (!modules.has(url)) {
    modules.set(url, load(name, query));
    // What could not be had now may be had later.
    modules.get(url).catch(() => modules.delete(url));
  }
  modules.get(url).then(onLoaded, onFailed);
};

await init();
