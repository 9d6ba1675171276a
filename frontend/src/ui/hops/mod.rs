//! The way of the mail as three boxes and two lines: what is encrypted, and who can read. The drawing is a list of words,
//! so a screen reader reads the same picture.

use leptos::prelude::*;

use super::{icon::Icon, runtime::use_texts};
use crate::app::{HopPicture, Protection};

#[component]
pub(super) fn Hops(picture: Memo<Option<HopPicture>>) -> impl IntoView {
    let t = use_texts();
    let party = move |name: &'static str, testid: Option<&'static str>, reads: bool| {
        let said = if reads { t().security.reads } else { t().security.reads_not };
        view! {
            <li class="hop-party" data-testid=testid data-reads=reads.to_string()>
                <strong>{name}</strong>
                <span>{if reads { Icon::Eye.draw() } else { Icon::Lock.draw() }}{said}</span>
            </li>
        }
    };
    let line = move |protection: Protection| {
        let said = (t().security.protection)(protection);
        view! { <li class="hop-line" data-protection=protection.as_str()><span>{said}</span></li> }
    };
    move || {
        picture.get().map(|picture| {
            view! {
                <div class="hop-picture" data-testid="hop-picture">
                    <ol class="hop-way" role="list" aria-label=t().security.picture>
                        {party(t().security.page, None, true)}
                        {line(picture.first)}
                        {party(t().security.bridge, Some("hop-bridge"), picture.bridge_reads)}
                        {line(picture.second)}
                        {party(t().security.server, None, true)}
                    </ol>
                    <p class="muted">{(t().security.operators)(picture)}</p>
                </div>
            }
        })
    }
}
