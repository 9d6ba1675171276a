//! The form for a real mailbox. Name and password stay in the browser's own fields until they are sent, so that
//! password managers work; the texts change in place, so that a change of language loses nothing that was typed.

use leptos::{
    html::{Form, Input},
    prelude::*,
};

use crate::{
    app::{
        Msg, SECURITIES, SecretKind, security_word,
        terms::{Secret, TlsEnds},
        view::{BridgeVm, OfferVm},
    },
    ui::{
        button::button,
        connect::{PageRefused, sign_in::SignInOptions, trust::OwnTrust},
        hops::Hops,
        icon::Icon,
        runtime::{say, use_dispatch, use_texts, use_views},
    },
};

#[component]
pub(super) fn MailboxForm() -> impl IntoView {
    let connect = use_views().connect;
    let bridge = Memo::new(move |_| connect.with(|connect| connect.bridge.clone()));
    let offer = Memo::new(move |_| match bridge.get() {
        BridgeVm::Offers(offer) => Some(*offer),
        BridgeVm::Asking | BridgeVm::Unreachable | BridgeVm::Unnamed | BridgeVm::NothingOffered => None,
    });
    let is_offered = Memo::new(move |_| offer.with(Option::is_some));
    view! {
        <BridgeStatus bridge />
        <Show when=move || is_offered.get()>
            <Fields offer />
        </Show>
    }
}

/// Says what the bridge does when there is nothing to fill in yet.
#[component]
fn BridgeStatus(bridge: Memo<BridgeVm>) -> impl IntoView {
    let t = use_texts();
    let retry = move || button("button", "bridge-retry", |t| t.connect.retry, || Msg::BridgeRetryPressed);
    view! {
        <div class="bridge-status" data-testid="bridge-status" role="status">
            {move || match bridge.get() {
                BridgeVm::Offers(_) => ().into_any(),
                BridgeVm::Asking => view! { <p class="muted">{t().connect.bridge_asking}</p> }.into_any(),
                BridgeVm::Unreachable => view! {
                    <p class="trouble-what">{t().connect.bridge_unreachable}</p>
                    <p>{t().connect.bridge_unreachable_advice}</p>
                    <PageRefused />
                    {retry()}
                }.into_any(),
                BridgeVm::Unnamed => view! { <p class="muted">{t().connect.bridge_unnamed}</p> }.into_any(),
                BridgeVm::NothingOffered => view! {
                    <p class="trouble-what">{t().connect.bridge_offers_nothing}</p>
                    <p>{t().connect.bridge_offers_nothing_advice}</p>
                    {retry()}
                }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Fields(offer: Memo<Option<OfferVm>>) -> impl IntoView {
    let connect = use_views().connect;
    let dispatch = use_dispatch();
    let form = NodeRef::<Form>::new();
    let user = NodeRef::<Input>::new();
    let password = NodeRef::<Input>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(user) = user.get() else { return };
        // A guest has no password, and then there is no field for it.
        let password = password.get().map(|password| password.value()).unwrap_or_default();
        dispatch.send(Msg::ConnectPressed { user: user.value(), password: Secret::new(password) });
    };
    let kind = Memo::new(move |_| SecretKind::of(connect.with(|connect| connect.wish)));
    let has_demo = Memo::new(move |_| offer.with(|offer| offer.as_ref().is_some_and(|offer| offer.has_demo)));
    view! {
        <form class="form" data-testid="connect-form" node_ref=form method="post" on:submit=submit>
            <Choices offer />
            <Show when=move || has_demo.get()>
                <p class="form-demo">
                    <span>{say(|t| t.connect.demo_explanation)}</span>
                    {button("button", "demo-login", |t| t.connect.demo_login, || Msg::DemoLoginPressed)}
                </p>
            </Show>
            <div class="field">
                <label for="user">{say(|t| t.connect.user)}</label>
                <input
                    id="user"
                    name="username"
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    data-testid="user-input"
                    node_ref=user
                    value=connect.with_untracked(|connect| connect.user.clone())
                />
            </div>
            <Show when=move || kind.get() != SecretKind::None>
                <SecretField kind password />
            </Show>
            <SignInOptions />
            <div class="form-end">
                <button class="button button-main" type="submit" data-testid="connect-button">
                    {say(|t| t.connect.submit)}
                </button>
                {button("button button-quiet", "by-hand-server", |t| t.connect.by_hand, || Msg::ByHandPressed { in_sandbox: false })}
                <p class="muted">{say(|t| t.connect.remembers)}</p>
            </div>
        </form>
    }
}

#[component]
fn SecretField(kind: Memo<SecretKind>, password: NodeRef<Input>) -> impl IntoView {
    let t = use_texts();
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for="password">
                {move || if kind.get() == SecretKind::Token { t().sign_in.token } else { t().connect.password }}
            </label>
            <div class="field-row">
                <input
                    id="password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="current-password"
                    autocapitalize="none"
                    spellcheck="false"
                    data-testid="password-input"
                    node_ref=password
                />
                <button
                    class="button button-icon"
                    type="button"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=say(|t| t.connect.show_password)
                    title=say(|t| t.connect.show_password)
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {Icon::Eye.draw()}
                </button>
            </div>
        </div>
    }
}

/// Server, port and encryption, out of what the bridge offers.
#[component]
fn Choices(offer: Memo<Option<OfferVm>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let hosts = Memo::new(move |_| {
        offer
            .with(|offer| offer.as_ref().map(|offer| (offer.hosts.clone(), offer.choice.target.host.clone())))
            .unwrap_or_default()
    });
    let ports = Memo::new(move |_| {
        offer
            .with(|offer| offer.as_ref().map(|offer| (offer.ports.clone(), offer.choice.target.port)))
            .unwrap_or_default()
    });
    view! {
        <div class="field-group">
            <div class="field">
                <label for="server">{say(|t| t.connect.server)}</label>
                <select
                    id="server"
                    data-testid="server-select"
                    on:change=move |event| dispatch.send(Msg::HostChosen(event_target_value(&event)))
                >
                    {move || {
                        let (hosts, chosen) = hosts.get();
                        hosts.into_iter().map(|host| view! {
                            <option value=host.clone() prop:selected=host == chosen>{host.clone()}</option>
                        }).collect_view()
                    }}
                </select>
            </div>
            <div class="field">
                <label for="port">{say(|t| t.connect.port)}</label>
                <select id="port" data-testid="port-select" on:change=move |event| {
                    if let Ok(port) = event_target_value(&event).parse() {
                        dispatch.send(Msg::PortChosen(port));
                    }
                }>
                    {move || {
                        let (ports, chosen) = ports.get();
                        ports.into_iter().map(|port| view! {
                            <option value=port.to_string() prop:selected=port == chosen>{port.to_string()}</option>
                        }).collect_view()
                    }}
                </select>
            </div>
        </div>
        <Security offer />
    }
}

/// The encryption, and who can read along: said before a password is typed.
#[component]
fn Security(offer: Memo<Option<OfferVm>>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let picture = Memo::new(move |_| offer.with(|offer| offer.as_ref().map(|offer| offer.picture)));
    let securities = Memo::new(move |_| {
        offer
            .with(|offer| offer.as_ref().map(|offer| (offer.securities.clone(), offer.choice.tls)))
            .unwrap_or((Vec::new(), TlsEnds::Bridge))
    });
    let explanation =
        move || picture.get().map(|picture| (t().connect.security_explanation)(securities.get().1, picture));
    let is_open = Memo::new(move |_| picture.get().is_some_and(|picture| picture.is_open()));
    view! {
        <div class="field">
            <label for="security">{say(|t| t.connect.security)}</label>
            <select
                id="security"
                data-testid="security-select"
                aria-describedby="security-explanation"
                on:change=move |event| {
                    let word = event_target_value(&event);
                    if let Some(tls) = SECURITIES.into_iter().find(|tls| security_word(*tls) == word) {
                        dispatch.send(Msg::SecurityChosen(tls));
                    }
                }
            >
                {move || {
                    let (securities, chosen) = securities.get();
                    securities.into_iter().map(|tls| view! {
                        <option
                            value=security_word(tls)
                            prop:selected=tls == chosen
                        >
                            {(t().connect.security_name)(tls)}
                        </option>
                    }).collect_view()
                }}
            </select>
        </div>
        <p
            class="who-reads"
            id="security-explanation"
            data-testid="security-explanation"
            data-open=move || is_open.get().to_string()
        >
            {move || if is_open.get() { Icon::Open.draw() } else { Icon::Lock.draw() }}
            <span>{explanation}</span>
        </p>
        <Hops picture />
        <OwnTrust offer />
    }
}
