//! Ways that are drawn: who reads what, and where a letter is.

use popglass_classroom::{
    app::{
        Door, Model, Move, Msg, Security,
        view::{Drawn, LinkKind, Mark, view_panes, view_recorded_way, view_three_ways},
    },
    i18n::Language,
};
use popglass_lessons::{Classroom, lesson};

use crate::{opened, send};

fn line(terminal: &str, line: &str) -> Msg {
    Msg::Moved(Move::Line(terminal.into(), line.into()))
}

fn connect(terminal: &str, door: Door) -> Msg {
    Msg::Moved(Move::Connect(terminal.into(), door))
}

fn marks(drawn: &Drawn) -> Vec<Mark> {
    assert_eq!(drawn.links.len() + 1, drawn.stops.len());
    drawn.stops.iter().map(|stop| stop.mark).collect()
}

#[test]
fn who_reads_what_follows_the_newest_connection() {
    let hang_up = || Msg::Moved(Move::HangUp("a".into()));
    let listener = |msgs: Vec<Msg>| {
        let mut model = opened("#lesson=16&seed=7&lang=en");
        send(&mut model, msgs);
        view_panes(&model).ways.last().map(|way| (way.stops[1].mark, way.stops[1].says.clone(), way.links[0].kind))
    };
    assert_eq!(listener(vec![]), None);
    let (mark, says, kind) = listener(vec![connect("a", Door::Pop3)]).expect("it is drawn");
    assert_eq!((mark, kind), (Mark::Reads, LinkKind::Open));
    assert!(says.contains("everything"), "{says}");
    let over_tls = vec![connect("a", Door::Pop3), hang_up(), connect("a", Door::Pop3s)];
    let (mark, says, kind) = listener(over_tls).expect("it is drawn");
    assert_eq!((mark, kind), (Mark::Sealed, LinkKind::Sealed));
    assert!(says.contains("no password and no mail") && says.contains("the server’s name"), "{says}");
    assert!(!says.contains("before TLS"), "{says}");
}

#[test]
fn a_device_that_is_robbed_of_stls_is_read_along() {
    let mut model = opened("#lesson=17&seed=7&lang=en");
    let device = "mias-phone";
    let set = |security| Msg::Moved(Move::SetSecurity(device.into(), security));
    let fetch = || Msg::Moved(Move::Fetch(device.into()));
    send(&mut model, [set(Security::StlsIfOffered), fetch()]);
    let ways = view_panes(&model).ways;
    let way = ways.iter().find(|way| way.title.contains(device)).unwrap_or_else(|| panic!("{ways:#?}"));
    assert_eq!(marks(way), [Mark::End, Mark::Reads, Mark::End]);
    assert!(way.stops[1].name.contains("STLS"), "{way:#?}");
    send(&mut model, [set(Security::Tls), fetch()]);
    let ways = view_panes(&model).ways;
    let way = ways.iter().find(|way| way.title.contains(device)).expect("it is drawn");
    assert_eq!(way.stops[1].mark, Mark::Sealed);
}

#[test]
fn the_three_ways_of_the_mail_client_differ_in_who_reads() {
    use Mark::{End, Reads, Sealed};
    for language in Language::ALL {
        let ways = view_three_ways(language);
        let expected =
            [[End, Sealed, Reads, Reads, End], [End, Sealed, Reads, Sealed, End], [End, Sealed, Sealed, Sealed, End]];
        for (way, expected) in ways.iter().zip(expected) {
            assert_eq!(marks(way), expected, "{way:#?}");
        }
        assert_eq!(marks(&view_recorded_way(language)), [End, Sealed, End]);
    }
    let [en, de] = Language::ALL.map(view_three_ways);
    for (en, de) in en.iter().zip(&de) {
        assert_ne!(en.title, de.title);
        assert!(en.stops.iter().zip(&de.stops).all(|(en, de)| en.name != de.name && en.says != de.says));
    }
}

/// The letter of lesson 24, sent to this mailbox.
fn sent_to(recipient: &str) -> Model {
    let mut model = opened("#lesson=24&seed=7&lang=en");
    let rcpt = format!("RCPT TO:<{recipient}>");
    let typed =
        ["EHLO tablet.example", "MAIL FROM:<ben@north.example>", &rcpt, "DATA", "Subject: Jam", "", "Hello!", "."];
    send(&mut model, [connect("ben", Door::Smtp)]);
    send(&mut model, typed.map(|it| line("ben", it)));
    model
}

fn stops(drawn: &Drawn) -> Vec<(String, Mark)> {
    marks(drawn);
    drawn.stops.iter().map(|stop| (stop.name.clone(), stop.mark)).collect()
}

#[test]
fn a_letter_is_drawn_where_it_is() {
    use Mark::{Ahead, Here, Passed};
    let [terminal, north, south, mailbox] =
        ["Terminal ben", "Server mail.north.example", "Server mail.south.example", "Mailbox of ada"];
    let check = |model: &Model, expected: &[(&str, Mark)]| {
        let routes = view_panes(model).routes;
        let expected: Vec<_> = expected.iter().map(|(name, mark)| ((*name).to_owned(), *mark)).collect();
        assert_eq!(stops(&routes[0]), expected, "{routes:#?}");
    };
    check(&opened("#lesson=24&seed=7&lang=en"), &[(terminal, Here), (north, Ahead), (south, Ahead), (mailbox, Ahead)]);
    let mut model = sent_to("ada@south.example");
    let on_its_way = [(terminal, Passed), (north, Passed), (south, Passed), (mailbox, Here)];
    check(&model, &on_its_way);
    let read = ["USER ada", "PASS lovelace", "RETR 1"].map(|it| line("ada", it));
    send(&mut model, [connect("ada", Door::Pop3)].into_iter().chain(read));
    check(&model, &[&on_its_way[..], &[("At ada", Here)]].concat());
    send(&mut model, [line("ada", "DELE 1"), line("ada", "QUIT")]);
    check(&model, &[(terminal, Passed), (north, Passed), (south, Passed), (mailbox, Passed), ("At ada", Here)]);
    // To a mailbox at the same server nothing is passed on.
    check(&sent_to("ben@north.example"), &[(terminal, Passed), (north, Passed), ("Mailbox of ben", Here)]);
}

#[test]
fn a_letter_that_the_next_server_refuses_is_drawn_with_its_report() {
    let routes = view_panes(&sent_to("nobody@south.example")).routes;
    let failed = routes.iter().find(|route| route.title.contains("nobody@south.example")).expect("it is drawn");
    let last = failed.stops.last().expect("it has stops");
    assert_eq!((last.name.as_str(), last.mark), ("Server mail.south.example", Mark::Failed));
    assert!(last.says.contains("550"), "{last:?}");
    let report = routes.iter().find(|route| route.title.contains("ben@north.example")).expect("the sender is told");
    assert_eq!(report.stops.last().map(|stop| (stop.name.as_str(), stop.mark)), Some(("Mailbox of ben", Mark::Here)));
}

#[test]
fn lessons_without_a_wire_or_a_way_in_draw_nothing() {
    for (number, ways, routes) in [(6, false, false), (15, true, false), (24, true, true), (25, false, false)] {
        let plan = &lesson(number).expect("it is there").plan;
        let mut model = opened(&format!("#lesson={number}&seed=7&lang=de"));
        send(&mut model, Classroom::new(plan, 7).plan().solution.iter().cloned().map(Msg::Moved));
        let panes = view_panes(&model);
        assert_eq!((!panes.ways.is_empty(), !panes.routes.is_empty()), (ways, routes), "lesson {number}");
    }
}
