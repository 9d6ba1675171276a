//! The list of all texts of the scenario builder, and of playing what was built.

use popglass_lessons::{
    format::{AttackerSetup, Certificate, Leave, What},
    scenario::ScenarioFlaw,
};

use super::BuildWayTexts;
use crate::app::{Act, Beginning, Field, GoalKind, Lack, Notice, Part, QuestionKind, Refusal};

/// The scenario builder.
#[derive(Debug)]
pub struct BuildTexts {
    pub heading: &'static str,
    pub lead: &'static str,
    pub link_to_builder: &'static str,
    pub teach_lead: &'static str,
    // What stands above the form.
    pub tools: &'static str,
    pub save: &'static str,
    pub load: &'static str,
    pub make_link: &'static str,
    pub link: &'static str,
    pub link_lead: &'static str,
    pub copy: &'static str,
    pub try_out: &'static str,
    pub undo: &'static str,
    pub is_changed: &'static str,
    pub ready: &'static str,
    pub lacking: fn(usize) -> String,
    pub begin: &'static str,
    pub begin_lead: &'static str,
    pub begin_with: &'static str,
    pub begin_button: &'static str,
    pub examples: &'static str,
    pub lessons: &'static str,
    pub beginning: fn(Beginning) -> &'static str,
    pub notice: fn(&Notice) -> String,
    pub flaw: fn(&ScenarioFlaw) -> String,
    // The form. Parts are named with what they are about.
    pub part: fn(&Part, &str) -> String,
    pub note: fn(&Part) -> &'static str,
    pub called: fn(&str) -> String,
    pub rest: fn(usize) -> String,
    pub ways: BuildWayTexts,
    pub field: fn(&Field) -> String,
    pub hint: fn(&Field) -> &'static str,
    pub act: fn(&Act) -> String,
    pub refusal: fn(&Refusal) -> String,
    pub lack: fn(&Lack) -> String,
    pub add: &'static str,
    // What can be chosen.
    pub any: &'static str,
    pub at_once: &'static str,
    pub accepted: [&'static str; 2],
    pub tls: [&'static str; 2],
    pub task: fn(usize) -> String,
    pub option: fn(usize) -> String,
    pub attacker: fn(AttackerSetup) -> &'static str,
    pub certificate: fn(Certificate) -> &'static str,
    pub fault_place: fn(&str) -> &str,
    pub fault_kind: fn(&str) -> &'static str,
    pub leave: fn(Leave) -> &'static str,
    pub goal_kind: fn(GoalKind) -> &'static str,
    pub question_kind: fn(QuestionKind) -> &'static str,
    pub what: fn(What) -> &'static str,
    // New things.
    pub new_task: &'static str,
    pub new_question: &'static str,
    pub new_wrong: &'static str,
    pub new_subject: &'static str,
    pub new_body: &'static str,
    // Playing.
    pub scenario: &'static str,
    pub no_scenario: &'static str,
    pub list_heading: &'static str,
    pub list_lead: &'static str,
    pub list_load: &'static str,
    pub tried: &'static str,
    pub back: &'static str,
    pub record: &'static str,
    pub record_lead: &'static str,
}
