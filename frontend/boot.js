// Starts the page: the names of its two files stand on this script's own tag, because the page's policy allows no
// inline script and Trunk puts a hash into the names.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
try {
  const { default: init } = await import(js);
  await init({ module_or_path: wasm });
} catch (error) {
  // The static shell is still there: it says so in plain words.
  document.getElementById("still-loading")?.setAttribute("hidden", "");
  document.getElementById("still-failed")?.removeAttribute("hidden");
  throw error;
}
