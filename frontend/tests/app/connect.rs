//! The connect screen: what is offered, what is chosen, what is remembered, and how a login can go wrong.

use crate::shell::{Shell, hello, target};
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
    tunnel::{Address, Hello, TlsEnds},
};
use popglass_session::{
    command::{Route, SessionCommand},
    event::{BridgeState, Deletion, EndReason, Ending, SessionEvent},
    refusal::LoginFault,
    security::Trust,
};

fn offer(shell: &Shell) -> OfferVm {
    match view_connect(&shell.model).bridge {
        BridgeVm::Offers(offer) => *offer,
        other => panic!("the bridge offers servers, not {other:?}"),
    }
}

fn choice(host: &str, port: u16, tls: TlsEnds) -> Choice {
    Choice { target: Address { host: host.into(), port }, tls }
}

#[test]
fn what_is_chosen_follows_the_offer_and_the_user() {
    let remembered =
        |host: &str, port, security| Remembered { host: Some(host.into()), port, security, ..Remembered::default() };
    for (kept, pressed, expected) in [
        // The best way comes first, whatever the operator's order.
        (Remembered::default(), vec![], choice("mail.example", 995, TlsEnds::Page)),
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
            choice("mail.example", 995, TlsEnds::Page),
        ),
        // What the user chose stays, as long as it is on offer.
        (
            remembered("mail.example", Some(995), Some(TlsEnds::Bridge)),
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
fn the_best_way_is_taken_whatever_the_operators_order() {
    use TlsEnds::{Bridge, Nowhere, Page, PageStls};
    for (targets, expected, securities) in [
        (
            vec![target("a", 1, &[Nowhere, Bridge, PageStls, Page])],
            choice("a", 1, Page),
            vec![Page, PageStls, Bridge, Nowhere],
        ),
        (vec![target("a", 1, &[Nowhere, Bridge])], choice("a", 1, Bridge), vec![Bridge, Nowhere]),
        // Among ports, too.
        (
            vec![target("a", 1, &[Bridge]), target("a", 2, &[PageStls, Nowhere])],
            choice("a", 2, PageStls),
            vec![PageStls, Nowhere],
        ),
        (vec![target("a", 1, &[PageStls]), target("a", 2, &[Bridge, Page])], choice("a", 2, Page), vec![Page, Bridge]),
        // Of two that are equally good, the operator's first.
        (vec![target("a", 2, &[Page]), target("a", 1, &[Page])], choice("a", 2, Page), vec![Page]),
        // Hosts stay in the operator's order: they are not each other's alternatives.
        (vec![target("b", 1, &[Nowhere]), target("a", 1, &[Page])], choice("b", 1, Nowhere), vec![Nowhere]),
    ] {
        let mut shell = Shell::new();
        shell.hear(SessionEvent::Bridge(BridgeState::Known(Hello { targets: targets.clone(), ..hello() })));
        let offer = offer(&shell);
        assert_eq!((offer.choice, offer.securities), (expected, securities), "{targets:?}");
    }
}

#[test]
fn what_was_merely_on_offer_does_not_stand_in_the_way_of_better() {
    let mut shell = Shell::new();
    let bridge_only = vec![target("mail.example", 110, &[TlsEnds::Nowhere])];
    shell.hear(SessionEvent::Bridge(BridgeState::Known(Hello { targets: bridge_only, ..hello() })));
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
    let kept = shell.remembered().expect("the user name is kept");
    assert_eq!(offer(&Shell::remembering(kept)).choice, choice("mail.example", 995, TlsEnds::Page));
}

#[test]
fn connecting_remembers_everything_but_the_password() {
    let mut shell = Shell::new();
    shell.effects.clear();
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("hunter2".into()) });
    let text = shell.remembered().expect("the choice is kept").to_text();
    assert!(text.contains("ada") && text.contains("mail.example"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
    assert!(!format!("{:?}", shell.model).contains("hunter2"), "the model never holds the password");
    let expected = SessionCommand::Connect {
        route: Route::Bridge { target: Address { host: "mail.example".into(), port: 995 }, tls: TlsEnds::Page },
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
        assert_eq!(shell.remembered().map(|kept| kept.wish), Some(wish));
        assert_eq!(SecretKind::of(view_connect(&shell.model).wish), kind, "{wish:?}");
        shell.effects.clear();
        shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
        let commands = shell.commands();
        assert!(matches!(commands.as_slice(), [SessionCommand::Connect { wish: sent, .. }] if *sent == wish));
    }
}

#[test]
fn a_login_bound_to_the_pages_tls_is_offered_only_where_that_is() {
    let bound = Wish::Exactly(Method::Sasl(Mechanism::ScramSha256Plus));
    for (tls, wish, dropped) in [
        (TlsEnds::Page, bound, None),
        (TlsEnds::PageStls, bound, None),
        (TlsEnds::Bridge, Wish::Automatic, Some(bound)),
        (TlsEnds::Nowhere, Wish::Automatic, Some(bound)),
    ] {
        let mut shell = Shell::remembering(Remembered { wish: bound, ..Remembered::default() });
        let targets = vec![target("a", 1, &[tls])];
        shell.hear(SessionEvent::Bridge(BridgeState::Known(Hello { targets, ..hello() })));
        let vm = view_connect(&shell.model);
        assert_eq!((vm.wish, vm.wish_dropped), (wish, dropped), "{tls:?}");
        assert_eq!(vm.wishes.contains(&bound), dropped.is_none(), "{tls:?}");
        assert!(vm.wishes.contains(&wish) && vm.wishes.contains(&Wish::Automatic));
        shell.effects.clear();
        shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
        assert_eq!(shell.remembered().map(|kept| kept.wish), Some(bound), "for another day");
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
