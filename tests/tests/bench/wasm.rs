//! The client in a real browser's WebAssembly, beside the cipher that every octet passes first where TLS ends in the
//! page.

use std::fs;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use popglass_bench::Figures;
use popglass_tests::{
    browser::{Browser, Options},
    folders,
};

/// Follows what wasm-bindgen writes, in one function: nothing of it is seen outside.
const SCRIPT: &str = "
const octets = Uint8Array.from(atob(arguments[0]), (character) => character.charCodeAt(0));
wasm_bindgen.initSync({ module: octets });
const bench = new wasm_bindgen.Bench(16 * 1024 * 1024);
const work = {
  wasm_retr_64k: () => bench.read(64 * 1024),
  wasm_retr_16k: () => bench.read(16 * 1024),
  wasm_chacha20_poly1305: () => bench.decrypt(),
  wasm_memcpy: () => bench.copy(16 * 1024),
};
const rates = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
for (let run = 0; run < 13; run += 1) {
  for (const [name, one] of Object.entries(work)) {
    const start = performance.now();
    const count = one();
    const rate = (count * 1000) / (performance.now() - start);
    // The browser compiles twice: at once, and better while the first runs go on.
    if (run >= 4) rates[name].push(rate);
  }
}
return rates;";

#[tokio::test(flavor = "multi_thread")]
async fn the_client_in_the_page() {
    let folder = folders::target("bench").join("wasm");
    let bindings = fs::read_to_string(folder.join("popglass_bench.js")).expect("wasm-bindgen wrote it");
    let module = fs::read(folder.join("popglass_bench_bg.wasm")).expect("wasm-bindgen wrote it");
    let browser = Browser::start(Options::default()).await;
    browser.open("about:blank").await;
    let rates = browser.run(&format!("{bindings}{SCRIPT}"), vec![BASE64_STANDARD.encode(module).into()]).await;
    let mut figures = Figures::default();
    for (name, rates) in rates.as_object().expect("rates by name") {
        let rates = rates.as_array().expect("a rate a run").iter().map(|rate| rate.as_f64().expect("a number"));
        figures.add(format!("{name}_octets_per_second"), rates.collect());
    }
    println!("{figures}");
    fs::write(folders::target("bench").join("wasm.json"), format!("{figures}\n")).expect("the report is written");
}
