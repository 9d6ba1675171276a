//! Lessons learned in a real browser with the keyboard alone: each solution is walked as a learner would, key by key, and
//! the page says that it is done. What is done is read from the lesson's own data; what is pressed, from the screen.

use popglass_lessons::{
    Classroom, Lesson,
    format::{Answer, Leave, Move, Security},
    lesson,
};
use popglass_tests::{
    browser::{Browser, Options},
    page::{Page, part, with},
    site::Site,
};
use thirtyfour::Key;

const SEED: u64 = 7;

/// What a select is stepped through at most.
const OPTIONS_MAX: usize = 12;

/// A lesson at a screen, and what should have come of the moves so far.
struct Learner<'a> {
    page: &'a Page,
    lesson: &'static Lesson,
    expected: Classroom,
}

impl<'a> Learner<'a> {
    async fn begin(page: &'a Page, number: u32, language: &str) -> Self {
        let lesson = lesson(number).expect("the lesson is there");
        let address = format!("#lesson={number}&seed={SEED}&lang={language}");
        page.browser.run("location.hash = arguments[0]", vec![address.into()]).await;
        let title = if language == "de" { &lesson.german.title } else { &lesson.english.title };
        page.text_where(&part("lesson-title"), |text| text.contains(title.as_str())).await;
        Self { page, lesson, expected: Classroom::new(&lesson.plan, SEED) }
    }

    async fn learn(mut self) {
        for step in self.expected.plan().solution.clone() {
            self.make(&step).await;
            self.expected.act(step).expect("the solution can be walked");
            let met = self.expected.tasks().iter().filter(|task| task.met).count();
            let shown = with("task", "data-met", "true");
            self.page
                .must(&format!("{met} tasks met"), async || {
                    (self.page.each(&shown, "return 0").await.len() == met).then_some(())
                })
                .await;
        }
        self.page.shown(&part("finished")).await;
        assert!(!self.page.is_shown(&part("dead-end")).await, "lesson {}", self.lesson.number);
    }

    async fn make(&self, step: &Move) {
        let page = self.page;
        match step {
            Move::Connect(name, _) | Move::HangUp(name) => {
                self.press_on(&format!("{} {}", with("terminal", "data-name", name), part("connect"))).await;
            }
            Move::Line(name, line) => {
                let input = format!("{} {}", with("terminal", "data-name", name), part("input"));
                page.tab_to(&input).await;
                page.press(line.clone()).await;
                page.press(Key::Enter).await;
                page.must("an empty input", async || page.value(&input).await.is_empty().then_some(())).await;
            }
            Move::Fetch(device) => self.press_on(&self.of_device(device, &part("fetch"))).await,
            Move::SetLeave(device, leave) => {
                let place = if *leave == Leave::Always { "0" } else { "1" };
                self.step_to(&self.of_device(device, &part("leave")), place).await;
            }
            Move::SetSecurity(device, security) => {
                let order = [Security::Clear, Security::StlsIfOffered, Security::Stls, Security::Tls];
                let place = order.iter().position(|one| one == security).expect("it is one of them");
                self.step_to(&self.of_device(device, &part("security")), &place.to_string()).await;
            }
            Move::Read(device, message) => {
                let kept = self.expected.device(device).expect("it is there").kept;
                let place = kept.iter().filter(|kept| !kept.read).position(|kept| kept.message == *message);
                let place = place.expect("it was fetched and is unread");
                let unread = self.of_device(device, &part("read"));
                let ids = "return document.querySelectorAll(arguments[0])[arguments[1]].id = 'read-this'";
                page.browser.run(ids, vec![unread.into(), place.into()]).await;
                self.press_on("#read-this").await;
            }
            Move::Arrive(_) => self.press_on(&part("arrive")).await,
            Move::Days(_) => self.press_on(&part("days")).await,
            Move::Answer(question, answer) => self.answer(question, answer).await,
            Move::FetchCut(device, _) => self.press_on(&self.of_device(device, &part("fetch-cut"))).await,
        }
    }

    fn of_device(&self, device: &str, css: &str) -> String {
        format!("{} {css}", with("device", "data-name", device))
    }

    async fn press_on(&self, css: &str) {
        self.page.tab_to(css).await;
        self.page.press(Key::Enter).await;
    }

    /// Steps through a select until it has this value.
    async fn step_to(&self, css: &str, value: &str) {
        self.page.tab_to(css).await;
        self.page.press(Key::Home).await;
        for _ in 0..OPTIONS_MAX {
            if self.page.value(css).await == value {
                return;
            }
            self.page.press(Key::Down).await;
        }
        panic!("{css} never comes to {value}");
    }

    async fn answer(&self, id: &str, given: &str) {
        let page = self.page;
        let question = with("question", "data-id", id);
        let plan = self.expected.plan();
        let answer = &plan.questions.iter().find(|question| question.id == id).expect("it is there").answer;
        match answer {
            Answer::Choice(_) => {
                // A group of radio buttons is one stop; arrows choose within it.
                let option = |value: &str| format!("{question} input[value='{value}']");
                page.tab_to(&format!("{question} input")).await;
                page.press(" ").await;
                for _ in 0..OPTIONS_MAX {
                    if page.has_focus(&option(given)).await {
                        break;
                    }
                    page.press(Key::Down).await;
                }
                assert!(page.has_focus(&option(given)).await, "{question} never comes to {given}");
            }
            Answer::Choices { .. } => {
                for value in given.split_whitespace() {
                    page.tab_to(&format!("{question} input[value='{value}']")).await;
                    page.press(" ").await;
                }
            }
            Answer::Text(_) | Answer::AnyOf(_) | Answer::Exactly(_) | Answer::Number(_) => {
                page.tab_to(&format!("{question} {}", part("answer"))).await;
                page.press(given.to_owned()).await;
            }
        }
        page.press(Key::Enter).await;
        page.shown(&format!("{question} .question-right")).await;
    }
}

async fn learned(numbers: &[(u32, &str)]) {
    let site = Site::start().await;
    let browser = Browser::start(Options::default()).await;
    browser.open(&format!("{}#learn", site.url())).await;
    let page = Page { browser };
    page.shown(&part("classroom")).await;
    for (number, language) in numbers {
        Learner::begin(&page, *number, language).await.learn().await;
    }
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_lessons_are_learned_with_the_keyboard_alone() {
    learned(&[(1, "en"), (6, "de"), (10, "en"), (14, "de")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lessons_on_wire_and_neighbours_are_learned_with_the_keyboard_alone() {
    learned(&[(15, "de"), (17, "en"), (24, "de"), (25, "en")]).await;
}
