//! The frame around an HTML part: reader.html, which has a policy of its own and hands the HTML on to a frame without
//! scripts and without origin. This page only ever posts to it.

use std::sync::Arc;

use js_sys::{Object, Reflect};
use leptos::{html::Iframe, prelude::*};
use popglass_mail_worker::wire::Message;
use wasm_bindgen::JsCast;
use web_sys::MessageEvent;

use crate::ui::{
    icon::Icon,
    runtime::{say, use_language, use_texts},
};

#[component]
pub(super) fn Frame(message: Arc<Message>) -> impl IntoView {
    let t = use_texts();
    let language = use_language();
    let frame = NodeRef::<Iframe>::new();
    let blocked = message.remote_blocked;
    let listener = window_event_listener_untyped("message", move |event| {
        let event: MessageEvent = event.unchecked_into();
        let Some(frame) = frame.get_untracked() else { return };
        // Only the frame itself may ask, and only the page's own origin gets the mail.
        let ours = frame.content_window().map(wasm_bindgen::JsValue::from);
        let origin = window().location().origin().unwrap_or_default();
        let is_ready = event.data().as_string().as_deref() == Some("ready");
        if !is_ready || event.origin() != origin || event.source().map(wasm_bindgen::JsValue::from) != ours {
            return;
        }
        let mail = Object::new();
        let html = message.html.as_deref().unwrap_or_default();
        let title = language.get_untracked().texts().reader.html_title;
        let is_set = Reflect::set(&mail, &"html".into(), &html.into()).is_ok()
            && Reflect::set(&mail, &"title".into(), &title.into()).is_ok();
        if let (true, Some(window)) = (is_set, frame.content_window()) {
            let _ = window.post_message(&mail, &origin);
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        {(blocked > 0).then(|| view! {
            <p class="notice blocked" data-testid="remote-blocked">
                {Icon::Lock.draw()}
                <span>
                    <strong>{move || (t().reader.remote_blocked)(blocked)}</strong>
                    " "
                    {say(|t| t.reader.remote_blocked_why)}
                </span>
            </p>
        })}
        <iframe
            class="frame"
            data-testid="reader-frame"
            src="reader.html"
            title=say(|t| t.reader.html_title)
            node_ref=frame
        ></iframe>
    }
}
