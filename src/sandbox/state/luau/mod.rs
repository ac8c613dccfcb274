//! Luau scripts: the results that tests set, the tasks, and their binary inputs and outputs.

pub(crate) mod content;
pub(crate) mod script;
pub(crate) mod task;

use std::collections::BTreeMap;

use time::OffsetDateTime;

use content::{Input, Output};
use script::{ReceivedScript, SandboxScript};
use task::Task;

#[derive(Debug, Default)]
pub(crate) struct Luau {
    /// The behavior of scripts that contain a text. The last match is used.
    rules: Vec<(String, SandboxScript)>,
    pub(crate) received: Vec<ReceivedScript>,
    /// By id.
    pub(crate) tasks: BTreeMap<String, Task>,
    /// By id.
    pub(crate) inputs: BTreeMap<String, Input>,
    /// By the name in their URL.
    pub(crate) outputs: BTreeMap<String, Output>,
}

impl Luau {
    pub(crate) fn add_rule(&mut self, text: &str, script: SandboxScript) {
        self.rules.push((text.to_owned(), script));
    }

    pub(crate) fn rule_count(&self) -> usize {
        self.rules.len()
    }

    pub(crate) fn clear_rules(&mut self) {
        self.rules.clear();
    }

    /// Removes all tasks, inputs and outputs.
    pub(crate) fn forget(&mut self) {
        self.tasks.clear();
        self.inputs.clear();
        self.outputs.clear();
    }

    /// Returns the behavior of a script.
    pub(crate) fn behavior(&self, source: &str) -> SandboxScript {
        let mut rules = self.rules.iter().rev();
        let rule = rules.find(|(text, _)| source.contains(text.as_str()));
        rule.map_or_else(|| SandboxScript::returns([]), |(_, script)| script.clone())
    }

    /// Returns the number of tasks of a place that have not ended.
    pub(crate) fn unfinished(&self, place: u64) -> usize {
        let tasks = self.tasks.values();
        tasks
            .filter(|task| task.place == place && !task.has_ended())
            .count()
    }

    /// Ends the tasks that are due, and forgets old ones.
    pub(crate) fn update(&mut self, now: OffsetDateTime) {
        let due: Vec<String> = self
            .tasks
            .values()
            .filter(|task| task.is_due(now))
            .map(|task| task.id.clone())
            .collect();
        for id in due {
            self.finish(&id, now);
        }
        self.tasks.retain(|_, task| !task.is_expired(now));
    }

    /// Counts a poll of a task.
    pub(crate) fn poll(&mut self, id: &str, now: OffsetDateTime) {
        let is_last = self.tasks.get_mut(id).is_some_and(Task::count_poll);
        if is_last {
            self.finish(id, now);
        }
    }

    /// Ends a task, and stores its binary output.
    pub(crate) fn finish(&mut self, id: &str, now: OffsetDateTime) {
        let Some(task) = self.tasks.get_mut(id) else {
            return;
        };
        let input = task.input.as_ref().and_then(|input| self.inputs.get(input));
        let input = input.map(|input| input.content.clone()).unwrap_or_default();
        if let Some((name, output)) = task.finish(input, now) {
            self.outputs.insert(name, output);
        }
    }
}
