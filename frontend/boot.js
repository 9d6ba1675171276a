// Starts the page, or the classroom where the address asks for a lesson. The names of the page's two files stand on this
// script's own tag, because the page's policy allows no inline script and Trunk puts a hash into the names.
const { js, wasm } = document.querySelector("script[data-wasm]")?.dataset ?? {};
const beside = (name) => new URL(name, import.meta.url).href;

const load = async (script, binary) => {
  // Both at once: no file names the other.
  const code = fetch(binary);
  code.catch(() => {});
  const module = await import(script);
  await module.default({ module_or_path: code });
  return module;
};

const styled = (name) =>
  new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside(name) });
    // A classroom or a console without its styles is still one.
    link.onload = link.onerror = done;
    document.head.append(link);
  });

// WebAssembly cannot say `import()`. Under another query it is another module: one that broke down is had anew.
self.popglassConsole = async (query) => {
  const sheets = ["picture.css", "console.css", "console_log.css", "console_line.css"];
  if (!document.querySelector("link[href$='console.css']")) await Promise.all(sheets.map(styled));
  return load(beside(`console.js?${query}`), beside(`console_bg.wasm?${query}`));
};

// For lessons without a network: where the browser can keep files, it keeps what the classroom is made of.
const keep = async () => {
  await navigator.serviceWorker.register(beside("offline.js"));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ files: [new URL(location.pathname, location).href, ...loaded] });
};

const isLesson = () => /^#(learn|teach|build|try|scenario)\b|[#&](lesson|scenario)=/.test(location.hash);
const learning = isLesson();
addEventListener("hashchange", () => {
  if (isLesson() !== learning) location.reload();
});
try {
  if (learning) {
    await Promise.all(["classroom.css", "lesson.css", "panes.css", "drawn.css", "sheet.css", "build.css", "picture.css"].map(styled));
    await load(beside("classroom.js"), beside("classroom_bg.wasm"));
    // Without it everything works as long as there is a network.
    if ("serviceWorker" in navigator) keep().catch(() => {});
  } else {
    await load(js, wasm);
  }
} catch (error) {
  // The static shell is still there: it says so in plain words.
  document.getElementById("still-loading")?.setAttribute("hidden", "");
  document.getElementById("still-failed")?.removeAttribute("hidden");
  throw error;
}
