//! The connect screen: what is offered, what is chosen, what is remembered, and how a login can go wrong.

use crate::shell::Shell;
use popglass_frontend::{
    app::{
        Choice, Effect, FocusTarget, Msg, Remembered, SecretKind,
        view::{BridgeVm, OfferVm, ScreenVm, view_connect, view_mailbox, view_shell},
    },
    i18n::Language,
};
use popglass_protocol::{
    command::CommandName,
    login::{Method, Wish},
    reply::Refusal,
    sasl::Mechanism,
    secret::Secret,
    tunnel::{Address, TlsEnds},
};
use popglass_session::{
    command::{Route, SessionCommand},
    event::{BridgeState, Deletion, EndReason, Ending, SessionEvent},
    refusal::LoginFault,
    security::Trust,
};

fn offer(shell: &Shell) -> OfferVm {
    match view_connect(&shell.model).bridge {
        BridgeVm::Offers(offer) => offer,
        other => panic!("the bridge offers servers, not {other:?}"),
    }
}

fn choice(host: &str, port: u16, tls: TlsEnds) -> Choice {
    Choice { target: Address { host: host.into(), port }, tls }
}

#[test]
fn what_is_chosen_follows_the_offer_and_the_user() {
    let remembered = |host: &str, port, tls| Remembered { host: Some(host.into()), port, tls, ..Remembered::default() };
    for (kept, pressed, expected) in [
        // The encrypted port comes first, whatever the operator's order.
        (Remembered::default(), vec![], choice("mail.example", 995, TlsEnds::Bridge)),
        (remembered("other.example", None, None), vec![], choice("other.example", 995, TlsEnds::Bridge)),
        (
            remembered("mail.example", Some(110), Some(TlsEnds::Nowhere)),
            vec![],
            choice("mail.example", 110, TlsEnds::Nowhere),
        ),
        // What the bridge no longer offers is forgotten.
        (
            remembered("gone.example", Some(1), Some(TlsEnds::Nowhere)),
            vec![],
            choice("mail.example", 995, TlsEnds::Bridge),
        ),
        (Remembered::default(), vec![Msg::PortChosen(110)], choice("mail.example", 110, TlsEnds::Nowhere)),
        (
            Remembered::default(),
            vec![Msg::PortChosen(110), Msg::HostChosen("other.example".into())],
            choice("other.example", 995, TlsEnds::Bridge),
        ),
        (
            Remembered::default(),
            vec![Msg::HostChosen("other.example".into()), Msg::SecurityChosen(TlsEnds::Bridge)],
            choice("other.example", 995, TlsEnds::Bridge),
        ),
    ] {
        let mut shell = Shell::remembering(kept.clone());
        pressed.iter().cloned().for_each(|msg| {
            shell.send(msg);
        });
        assert_eq!(offer(&shell).choice, expected, "{kept:?} {pressed:?}");
    }
}

#[test]
fn a_server_this_page_cannot_reach_is_not_offered() {
    let shell = Shell::new();
    assert_eq!(offer(&shell).hosts, ["mail.example", "other.example"]);
    assert_eq!(offer(&shell).ports, [110, 995]);
    assert_eq!(offer(&shell).securities, [TlsEnds::Bridge]);
}

#[test]
fn connecting_remembers_everything_but_the_password() {
    let mut shell = Shell::new();
    shell.effects.clear();
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("hunter2".into()) });
    let remembered = shell.effects.iter().find_map(|effect| match effect {
        Effect::Remember(remembered) => Some(remembered.clone()),
        _ => None,
    });
    let json = serde_json::to_string(&remembered.expect("the choice is kept")).unwrap();
    assert!(json.contains("ada") && json.contains("mail.example") && json.contains("995"), "{json}");
    assert!(!json.contains("hunter2"), "{json}");
    assert!(!format!("{:?}", shell.model).contains("hunter2"), "the model never holds the password");
    let expected = SessionCommand::Connect {
        route: Route::Bridge { target: Address { host: "mail.example".into(), port: 995 }, tls: TlsEnds::Bridge },
        wish: Wish::Automatic,
        user: "ada".into(),
        password: Secret::new("hunter2".into()),
        trust: Trust::default(),
    };
    assert_eq!(shell.commands(), [expected]);
}

#[test]
fn the_chosen_way_to_log_in_is_remembered_and_used_and_the_form_asks_for_what_it_takes() {
    use Mechanism::{Anonymous, OAuthBearer, ScramSha256};
    for (wish, kind) in [
        (Wish::Automatic, SecretKind::Password),
        (Wish::Exactly(Method::Apop), SecretKind::Password),
        (Wish::Exactly(Method::Sasl(ScramSha256)), SecretKind::Password),
        (Wish::Exactly(Method::Sasl(OAuthBearer)), SecretKind::Token),
        (Wish::Exactly(Method::Sasl(Anonymous)), SecretKind::None),
    ] {
        let mut shell = Shell::new();
        shell.send(Msg::WishChosen(wish));
        let remembered = shell.effects.iter().find_map(|effect| match effect {
            Effect::Remember(remembered) => Some(remembered.wish),
            _ => None,
        });
        assert_eq!(remembered, Some(wish));
        assert_eq!(SecretKind::of(view_connect(&shell.model).wish), kind, "{wish:?}");
        shell.effects.clear();
        shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
        let commands = shell.commands();
        assert!(matches!(commands.as_slice(), [SessionCommand::Connect { wish: sent, .. }] if *sent == wish));
    }
}

#[test]
fn how_the_server_came_to_know_the_user_is_told_with_the_connection() {
    let mut shell = Shell::new();
    let method = Method::Sasl(Mechanism::ScramSha256);
    shell.send(Msg::SandboxPressed).hear(SessionEvent::LoggedIn(method)).hear(SessionEvent::Mailbox(Vec::new()));
    let hops = view_mailbox(&shell.model).expect("the mailbox is open").hops;
    for language in Language::ALL {
        let lines = (language.texts().mailbox.hops)(&hops);
        assert!(lines.iter().any(|line| line.contains("SCRAM-SHA-256")), "{lines:?}");
    }
}

#[test]
fn a_failed_login_comes_back_to_the_form() {
    let refusal = Refusal { command: CommandName::Pass, code: None, text: "no".into() };
    for (reason, trouble, focus) in [
        (
            EndReason::LoginRefused { method: Method::UserPass, refusal, fault: LoginFault::Credentials },
            true,
            FocusTarget::ConnectError,
        ),
        (EndReason::BridgeUnreachable, true, FocusTarget::ConnectError),
        (EndReason::SandboxMissing, true, FocusTarget::ConnectError),
        // The user's own wish is no trouble.
        (EndReason::Disconnected, false, FocusTarget::Heading),
    ] {
        let mut shell = Shell::new();
        shell.send(Msg::SandboxPressed).effects.clear();
        shell.hear(SessionEvent::Ended(Ending { reason: reason.clone(), deletion: Deletion::NothingMarked }));
        assert_eq!(view_shell(&shell.model).screen, ScreenVm::Connect);
        assert_eq!(view_connect(&shell.model).trouble, trouble.then_some(reason));
        assert!(shell.effects.contains(&Effect::Focus(focus)));
    }
}

#[test]
fn without_a_bridge_the_sandbox_still_starts() {
    let mut shell = Shell::new();
    shell.hear(SessionEvent::Bridge(BridgeState::Unreachable));
    assert_eq!(view_connect(&shell.model).bridge, BridgeVm::Unreachable);
    shell.effects.clear();
    shell.send(Msg::BridgeRetryPressed);
    assert_eq!(shell.commands(), [SessionCommand::LearnBridge { bridge: None }]);
    shell.send(Msg::SandboxPressed);
    assert!(matches!(shell.commands().as_slice(), [SessionCommand::Connect { route: Route::Sandbox, .. }]));
    // A second press must not open a second session, which would find the maildrop locked.
    shell.send(Msg::SandboxPressed);
    assert_eq!(shell.commands(), []);
}

#[test]
fn a_worker_of_another_build_is_noticed() {
    let mut shell = Shell::new();
    assert!(!view_shell(&shell.model).outdated);
    shell.hear(SessionEvent::Ready { build: "another".into() });
    assert!(view_shell(&shell.model).outdated);
}
