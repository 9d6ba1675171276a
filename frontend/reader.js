// The frame around one HTML mail. It exists so that the page itself needs no 'unsafe-inline': it takes sanitised HTML from
// the page, and shows it in a child frame that may run nothing and has no origin. It knows nothing of mail.
"use strict";

function show({ html, title }) {
  const frame = document.createElement("iframe");
  // No allow-scripts, no allow-same-origin: links open outside, and nothing else happens.
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.referrerPolicy = "no-referrer";
  frame.title = title;
  frame.srcdoc = html;
  document.body.replaceChildren(frame);
}

addEventListener("message", ({ source, origin, data }) => {
  if (window.parent === window || source !== window.parent || origin !== location.origin) {
    return;
  }
  if (data && typeof data.html === "string" && typeof data.title === "string") {
    show(data);
  }
});

// The page waits for this: a message before it would be lost.
if (window.parent !== window) {
  window.parent.postMessage("ready", location.origin);
}
