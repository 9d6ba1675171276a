//! What lies on the server, as nobody who only speaks POP3 ever sees it: the whole truth, live.

use leptos::prelude::*;

use super::pane_part;
use crate::{
    app::view::{MaildropVm, MessageVm},
    i18n::{Language, Texts, texts},
    ui::{
        icon::Icon,
        runtime::{say, use_language},
    },
};

#[component]
pub(super) fn Maildrops() -> impl IntoView {
    let language = use_language();
    let maildrops = pane_part(|panes| panes.maildrops.clone());
    view! {
        <section class="pane" aria-labelledby="maildrops-heading" data-testid="pane-maildrops">
            <h2 id="maildrops-heading">{say(|t| t.panes.maildrops)}</h2>
            {move || maildrops.get().into_iter().map(|one| table(one, language.get())).collect_view()}
        </section>
    }
}

fn table(maildrop: MaildropVm, language: Language) -> impl IntoView {
    let t = texts(language);
    let held = match &maildrop.holder {
        Some(who) => {
            view! { <span class="maildrop-lock">{Icon::Lock.draw()} {(t.panes.locked_by)(who)}</span> }.into_any()
        }
        None => view! { <span class="muted">{t.panes.not_locked}</span> }.into_any(),
    };
    let owner = (t.panes.maildrop)(&maildrop.owner);
    let body = if maildrop.messages.is_empty() {
        view! { <p class="muted">{t.panes.maildrop_empty}</p> }.into_any()
    } else {
        view! {
            <table class="table maildrop" aria-label=owner.clone()>
                <thead>
                    <tr>
                        <th scope="col">{t.panes.number}</th>
                        <th scope="col">{t.panes.subject}</th>
                        <th scope="col" class="maildrop-octets">{t.panes.size}</th>
                        <th scope="col" class="maildrop-id">{t.panes.unique_id}</th>
                    </tr>
                </thead>
                <tbody>{maildrop.messages.into_iter().map(|message| row(message, language, t)).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="maildrop-frame" data-testid="maildrop">
            <p class="maildrop-head"><strong>{owner}</strong> " " {held}</p>
            {body}
        </div>
    }
}

fn row(message: MessageVm, language: Language, t: &'static Texts) -> impl IntoView {
    view! {
        <tr class:maildrop-marked=message.is_marked data-testid="message">
            <td>{message.number}</td>
            <td>
                <span class="maildrop-subject">{message.subject}</span>
                {message.is_marked.then(|| view! { <span class="maildrop-mark">{t.panes.marked}</span> })}
            </td>
            <td class="maildrop-octets">{language.count(message.octets)}</td>
            <td class="maildrop-id"><code>{message.unique_id}</code></td>
        </tr>
    }
}
