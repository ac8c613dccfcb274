//! The functions of the source that call endpoints: which public method uses which constant.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

use crate::endpoints::{self, Constant};

/// A public method that calls endpoints or belongs to a handle.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) file: PathBuf,
    /// Its names, such as `User::get`: a method made by a macro has several.
    pub(crate) names: Vec<String>,
    /// The lines of its doc comment.
    pub(crate) doc: Range<usize>,
    /// The line of `fn`.
    pub(crate) line: usize,
    /// Its return type, such as `Result<()>`.
    pub(crate) returns: String,
    /// A row of a macro: the name of a method, its endpoint and the end of its doc comment.
    pub(crate) is_row: bool,
    /// The endpoints that it calls, by itself or through other functions.
    pub(crate) constants: Vec<Constant>,
}

#[derive(Debug)]
struct Function {
    file: usize,
    /// The type of its `impl` block, `$handle` in a macro, or nothing.
    of: String,
    name: String,
    is_public: bool,
    doc: Range<usize>,
    line: usize,
    signature: String,
    body: String,
}

impl Function {
    /// A row such as `pub fn ban: &UPDATE;`, from which a macro makes a method.
    fn is_row(&self) -> bool {
        !self.signature.contains('(')
    }
}

/// Returns the return type of a function; for a row, that of the macro's method with its name.
fn returned(function: &Function, functions: &[Function]) -> String {
    let is_made = |made: &&Function| {
        !made.is_row() && (made.file, &made.name) == (function.file, &function.name)
    };
    let function = if function.is_row() {
        functions.iter().find(is_made).unwrap()
    } else {
        function
    };
    let returns = function
        .signature
        .split_once("->")
        .map_or("", |(_, returns)| returns);
    returns.trim().to_owned()
}

/// Returns the public methods in `resource/`, file by file.
pub(crate) fn methods() -> Vec<Method> {
    let files = endpoints::files();
    let constants = endpoints::constants();
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    let functions: Vec<Function> = texts
        .iter()
        .enumerate()
        .flat_map(|(file, text)| parse(file, text))
        .collect();
    let mut used: Vec<BTreeSet<usize>> = functions
        .iter()
        .map(|function| named(function, &files, &constants))
        .collect();
    // A function uses what the functions that it calls use.
    let calls: Vec<Vec<usize>> = functions
        .iter()
        .map(|function| called(function, &functions))
        .collect();
    loop {
        let count = |used: &[BTreeSet<usize>]| used.iter().map(BTreeSet::len).sum::<usize>();
        let before = count(&used);
        for (caller, called) in calls.iter().enumerate() {
            for callee in called {
                let added = used[*callee].clone();
                used[caller].extend(added);
            }
        }
        if before == count(&used) {
            break;
        }
    }
    let made = macro_handles(&texts);
    let public = functions.iter().zip(used);
    public
        .filter(|(function, _)| {
            let is_resource = !files[function.file]
                .0
                .starts_with(endpoints::source("operation"));
            is_resource && function.is_public && !function.of.is_empty()
        })
        .map(|(function, used)| Method {
            file: files[function.file].0.clone(),
            names: match &*function.of {
                "$handle" => made
                    .get(&function.file)
                    .unwrap()
                    .iter()
                    .map(|handle| format!("{handle}::{}", function.name))
                    .collect(),
                of => vec![format!("{of}::{}", function.name)],
            },
            doc: function.doc.clone(),
            line: function.line,
            returns: returned(function, &functions),
            is_row: function.is_row(),
            constants: used.iter().map(|index| constants[*index].clone()).collect(),
        })
        .collect()
}

/// The methods that use each constant, by its place in the list of constants.
pub(crate) fn users() -> BTreeMap<(String, String), Vec<String>> {
    let mut users: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for constant in endpoints::constants() {
        let users = users.entry((constant.method, constant.path)).or_default();
        // Its table of paths is not a function.
        if constant
            .file
            .parent()
            .is_some_and(|folder| folder.ends_with("operation"))
        {
            users.push("Operation::poll".to_owned());
        }
    }
    for method in methods() {
        for constant in method.constants {
            let users = users.get_mut(&(constant.method, constant.path)).unwrap();
            users.extend(method.names.iter().cloned());
        }
    }
    users
}

/// The lines of functions, in source that rustfmt formatted.
fn parse(file: usize, text: &str) -> Vec<Function> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut block: Option<(String, String)> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = format!("{indent}}}");
        let code = line.trim_start();
        if block.as_ref().is_some_and(|(_, end)| end == line) {
            block = None;
        }
        if code.starts_with("impl") && code.ends_with('{') {
            block = Some((implemented(code), end));
        } else if let Some(name) = function_name(code) {
            let body_at = (at..lines.len())
                .find(|line| lines[*line].ends_with(['{', ';', '}']))
                .unwrap();
            let is_whole = !lines[body_at].ends_with('{');
            let is_end = |line: &usize| is_whole || lines[*line] == end;
            let end_at = (body_at..lines.len()).find(is_end).unwrap();
            found.push(Function {
                file,
                of: block
                    .as_ref()
                    .map_or_else(String::new, |(of, _)| of.clone()),
                name,
                is_public: code.starts_with("pub fn"),
                doc: doc_before(&lines, at),
                line: at,
                signature: lines[at..=body_at]
                    .join(" ")
                    .trim_end_matches('{')
                    .to_owned(),
                body: lines[body_at..=end_at].join("\n"),
            });
            at = end_at;
        }
        at += 1;
    }
    found
}

/// The type of `impl<T> Trait for Type<T> {`.
fn implemented(line: &str) -> String {
    let of = line.split_once(" for ").map_or(line, |(_, of)| of);
    let of = of.trim_start_matches("impl").trim_start();
    let of = if of.starts_with('<') {
        of.split_once("> ").unwrap().1
    } else {
        of
    };
    of.chars()
        .take_while(|letter| is_word(*letter) || *letter == '$')
        .collect()
}

fn function_name(code: &str) -> Option<String> {
    let rest = match code.strip_prefix("pub") {
        Some(rest) => {
            rest.split_once("fn ")
                .filter(|(before, _)| before.ends_with(' '))?
                .1
        }
        None => code
            .strip_prefix("const ")
            .unwrap_or(code)
            .strip_prefix("fn ")?,
    };
    Some(rest.chars().take_while(|letter| is_word(*letter)).collect())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Returns the lines of the doc comment before a line; attributes may be in between.
fn doc_before(lines: &[&str], line: usize) -> Range<usize> {
    let is = |at: usize, start: &str| lines[at].trim_start().starts_with(start);
    let mut end = line;
    while end > 0 && (is(end - 1, "#[") || is(end - 1, "$(#[")) {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && is(start - 1, "///") {
        start -= 1;
    }
    start..end
}

/// The constants that a function names.
fn named(
    function: &Function,
    files: &[(PathBuf, String)],
    constants: &[Constant],
) -> BTreeSet<usize> {
    let file = &files[function.file].0;
    let is_named = |constant: &Constant| {
        let name = format!("&{}", constant.name);
        function.body.match_indices(&name).any(|(at, _)| {
            let after = function.body[at + name.len()..].chars().next();
            after.is_none_or(|letter| !is_word(letter))
        })
    };
    let named: Vec<usize> = (0..constants.len())
        .filter(|index| is_named(&constants[*index]))
        .collect();
    let is_own = |index: &usize| constants[*index].file == *file;
    named
        .iter()
        .filter(|index| {
            let other_own =
                |own: &usize| is_own(own) && constants[*own].name == constants[**index].name;
            is_own(index) || (constants[**index].is_shared && !named.iter().any(other_own))
        })
        .copied()
        .collect()
}

/// Whether code ends with a call that makes a handle, such as `self.place(id).`.
fn is_handle(code: &str, of: &str) -> bool {
    let Some(call) = code.strip_suffix(").") else {
        return false;
    };
    let mut open = 1;
    let arguments = call.rfind(|letter| {
        match letter {
            ')' => open += 1,
            '(' => open -= 1,
            _ => {}
        }
        open == 0
    });
    arguments.is_some_and(|at| call[..at].ends_with(&format!(".{}", of.to_lowercase())))
}

/// The functions that a function calls: methods of `self` and of handles, and free ones.
fn called(function: &Function, functions: &[Function]) -> Vec<usize> {
    let is_called = |callee: &Function| {
        let call = format!("{}(", callee.name);
        function.body.match_indices(&call).any(|(at, _)| {
            let before = &function.body[..at];
            let is_of_self = before.ends_with("self.") || before.ends_with("Self::");
            let is_free = !before.ends_with(|letter| is_word(letter) || ".:".contains(letter));
            match &*callee.of {
                "" => is_free || before.ends_with("super::"),
                of => (is_of_self && of == function.of) || is_handle(before, of),
            }
        })
    };
    let is_near = |callee: &&Function| {
        callee.file == function.file || !callee.of.is_empty() || callee.signature.starts_with("pub")
    };
    let found = functions.iter().enumerate();
    found
        .filter(|(_, callee)| is_near(callee) && is_called(callee))
        .map(|(index, _)| index)
        .collect()
}

/// The handles that get methods from the macros of a file.
fn macro_handles(texts: &[&str]) -> BTreeMap<usize, Vec<String>> {
    let mut made: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (file, text) in texts.iter().enumerate() {
        for definition in text.split("macro_rules! ").skip(1) {
            let name = definition.split_once(' ').unwrap().0;
            let invocation = format!("\n{name}!");
            for text in texts {
                for invoked in text.split(&invocation).skip(1) {
                    let mut words = invoked.split(|letter| !is_word(letter));
                    let handle = words.find(|word| !word.is_empty() && *word != "impl");
                    made.entry(file)
                        .or_default()
                        .push(handle.unwrap().to_owned());
                }
            }
        }
    }
    made
}

#[test]
fn functions_are_found_with_what_they_call() {
    let methods = methods();
    let paths = |name: &str| -> Vec<String> {
        let is_it = |method: &&Method| method.names.iter().any(|known| known == name);
        let method = methods.iter().find(is_it).unwrap();
        method
            .constants
            .iter()
            .map(|constant| constant.path.clone())
            .collect()
    };
    assert_eq!(paths("User::id"), [""; 0]);
    assert_eq!(paths("User::get"), ["/cloud/v2/users/{user_id}"]);
    // By a constant of another file, by a macro, by a free function, by another method.
    assert_eq!(
        paths("User::list_groups"),
        ["/cloud/v2/groups/{group_id}/memberships"]
    );
    assert_eq!(paths("Group::upload_asset"), ["/assets/v1/assets"]);
    assert_eq!(paths("Asset::update"), ["/assets/v1/assets/{assetId}"]);
    assert_eq!(
        paths("Asset::download"),
        [
            "/asset-delivery-api/v1/assetId/{assetId}",
            "/asset-delivery-api/v1/assetId/{assetId}/version/{versionNumber}"
        ]
    );
}
