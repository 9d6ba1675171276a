//! Conversations of lessons, saved in a real browser and read by tshark, which nobody here has written: it sees the commands
//! that the terminal shows, and connections without a fault.

use std::{fs, path::Path, process::Command};

use popglass_tests::{
    browser::{Browser, Options},
    page::{Page, part, with},
    site::Site,
};
use tempfile::TempDir;

/// A lesson, a terminal in it, what is typed there, and the field in which tshark has the commands.
struct Spoken {
    lesson: u32,
    terminal: &'static str,
    lines: &'static [&'static str],
    field: &'static str,
    /// Commands are the lines' words from this one on: IMAP has a tag before them.
    word: usize,
}

const SPOKEN: [Spoken; 3] = [
    Spoken {
        lesson: 6,
        terminal: "a",
        lines: &["CAPA", "USER ada", "PASS wrong", "USER ada", "PASS lovelace", "LIST", "RETR 1", "XYZZY", "QUIT"],
        field: "pop.request.command",
        word: 0,
    },
    Spoken {
        lesson: 24,
        terminal: "ben",
        lines: &["EHLO tablet.example", "MAIL FROM:<ben@north.example>", "RCPT TO:<ada@south.example>", "RSET", "QUIT"],
        field: "smtp.req.command",
        word: 0,
    },
    Spoken {
        lesson: 25,
        terminal: "a",
        lines: &["a1 LOGIN ada lovelace", "a2 SELECT INBOX", "a3 FETCH 1 (FLAGS)", "a4 LOGOUT"],
        field: "imap.request.command",
        word: 1,
    },
];

impl Spoken {
    fn here(&self, css: &str) -> String {
        format!("{} {css}", with("terminal", "data-name", self.terminal))
    }

    /// Says everything, and saves it. Gives the client's lines as the terminal shows them, and the file.
    async fn save(&self, page: &Page) -> (Vec<String>, Vec<u8>) {
        let address = format!("#lesson={}&seed=7&lang=en", self.lesson);
        page.browser.run("location.hash = arguments[0]", vec![address.into()]).await;
        page.click(&self.here(&part("connect"))).await;
        let input = self.here(&part("input"));
        for line in self.lines {
            page.fill(&input, line).await;
            page.click(&self.here(&part("send"))).await;
            page.must("an empty input", async || page.value(&input).await.is_empty().then_some(())).await;
        }
        let client = self.here(&format!("{} .line-text", with("line", "data-kind", "client")));
        let shown = page.each(&client, "return element.textContent").await;
        let shown = shown.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect();
        page.click(&self.here("[data-testid='tools'] summary")).await;
        page.choose(&self.here(&part("form")), "1").await;
        let dump = page.text_where(&self.here(&part("transcript")), |text| text.contains("0d 0a")).await;
        assert!(!dump.contains("lovelace"), "the password stays masked");
        page.click(&self.here(&part("save-packets"))).await;
        let name = format!("popglass-lesson-{}-{}.pcapng", self.lesson, self.terminal);
        (shown, page.browser.downloaded(&name).await)
    }
}

/// What tshark says of the packets that pass a filter.
fn tshark(file: &Path, filter: &str, field: &str) -> Vec<String> {
    let mut tshark = Command::new("tshark");
    tshark.args(["-n", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y", filter]);
    let run = tshark.args(["-T", "fields", "-e", field, "-r"]).arg(file).output();
    let run = run.expect("tshark is here: `cargo xtask test --only interop` sets it up");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("tshark writes UTF-8").lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tshark_sees_the_commands_that_a_lessons_terminal_shows() {
    let site = Site::start().await;
    let browser = Browser::start(Options::default()).await;
    browser.open(&format!("{}#learn", site.url())).await;
    let page = Page { browser };
    page.shown(&part("classroom")).await;
    let folder = TempDir::new().expect("a folder for the files");
    for spoken in &SPOKEN {
        let (shown, octets) = spoken.save(&page).await;
        assert_eq!(shown.len(), spoken.lines.len(), "{shown:?}");
        assert!(!octets.windows(8).any(|part| part == b"lovelace"), "the password stays out of the file");
        let file = folder.path().join(format!("{}.pcapng", spoken.lesson));
        fs::write(&file, octets).expect("the file is written");
        let command = |line: &String| line.split([' ', ':']).nth(spoken.word).unwrap_or_default().to_owned();
        let commands: Vec<String> = shown.iter().map(command).collect();
        assert_eq!(tshark(&file, spoken.field, spoken.field), commands, "lesson {}", spoken.lesson);
        // 0x600000 is a warning.
        let wrong = "_ws.malformed || tcp.analysis.flags || _ws.expert.severity >= 0x600000";
        assert_eq!(tshark(&file, wrong, "frame.number"), Vec::<String>::new(), "lesson {}", spoken.lesson);
    }
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}
