//! The parts to download. Nothing is opened in the page.

use std::sync::Arc;

use leptos::prelude::*;
use popglass_mail_worker::wire::Message;

use crate::{
    app::Msg,
    ui::{
        icon::Icon,
        runtime::{use_dispatch, use_language},
    },
};

#[component]
pub(super) fn Attachments(message: Arc<Message>) -> impl IntoView {
    let language = use_language().get_untracked();
    let t = language.texts();
    let dispatch = use_dispatch();
    if message.attachments.is_empty() {
        return ().into_any();
    }
    let rows = message
        .attachments
        .iter()
        .map(|attachment| {
            let index = attachment.index;
            view! {
                <li class="attachment" data-testid="attachment" data-name=attachment.name.clone()>
                    {Icon::Paperclip.draw()}
                    <div class="attachment-what">
                        <bdi class="attachment-name">{attachment.name.clone()}</bdi>
                        <span class="muted">
                            {attachment.media_type.clone()}" · "{language.octets(attachment.octets)}
                            {attachment.inline.then(|| format!(" · {}", t.reader.attachment_inline))}
                        </span>
                    </div>
                    <button
                        class="button button-icon"
                        type="button"
                        data-testid="attachment-download"
                        aria-label=(t.reader.download)(&attachment.name)
                        title=t.reader.download_short
                        on:click=move |_| dispatch.send(Msg::AttachmentPressed(index))
                    >
                        {Icon::Save.draw()}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="attachments" aria-labelledby="attachments-heading">
            <h2 id="attachments-heading">{(t.reader.attachments)(message.attachments.len())}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}
