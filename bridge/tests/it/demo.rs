//! The demo through the bridge, in the ways in which the bridge can read along: its mail is there, its certificate is
//! trusted, and nothing else is. `page_tls.rs` has the other ways.

use popglass_protocol::tunnel::{Address, TlsEnds};

use crate::support::{Page, bridge};

async fn reply(page: &mut Page, command: &str) -> String {
    page.send_octets(command.as_bytes()).await;
    String::from_utf8(page.read_octets(1).await).unwrap()
}

#[tokio::test]
async fn the_demo_is_offered_with_its_login_and_can_be_read_both_ways() {
    let running = bridge(&["a.test:995".to_owned()], |config| config.demo = true).await;
    let (_page, hello) = Page::connect(running.address).await;
    let login = hello.demo.expect("the demo runs");
    let offered: Vec<_> = hello.targets.iter().map(|target| target.modes.as_slice()).collect();
    let expected =
        [[TlsEnds::Page, TlsEnds::Bridge], [TlsEnds::Page, TlsEnds::Bridge], [TlsEnds::PageStls, TlsEnds::Nowhere]];
    assert_eq!(offered, expected, "the operator's, then the demo's");
    for target in &hello.targets[1..] {
        let Address { host, .. } = &target.address;
        assert_eq!(host, "127.0.0.1");
        let mode = target.modes[1];
        let (mut page, opened) = Page::open(running.address, &target.address.to_string(), mode).await;
        assert_eq!(opened.tls.is_some(), mode == TlsEnds::Bridge);
        assert!(page.read_octets(1).await.starts_with(b"+OK"));
        for command in [format!("USER {}\r\n", login.user), format!("PASS {}\r\n", login.password)] {
            let reply = reply(&mut page, &command).await;
            assert!(reply.starts_with("+OK"), "{reply}");
        }
        let status = reply(&mut page, "STAT\r\n").await;
        let count: u32 = status.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(count >= 15, "{status}");
        page.send_octets(b"QUIT\r\n").await;
        let ended = page.read_to_end(true).await;
        assert!(ended.octets.starts_with(b"+OK") && ended.code == 1000, "{ended:?}");
    }
}
