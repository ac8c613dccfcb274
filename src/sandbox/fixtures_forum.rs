//! The forum that group 7 of every sandbox starts with.

use time::OffsetDateTime;

use super::forum::{Category, Comment, Post};
use super::store::KEY_OWNER;

pub(super) fn categories(created: OffsetDateTime) -> Vec<Category> {
    let category = |number: u8, name: &str, archived, posts| Category {
        id: format!("{number:08x}-0000-4000-8000-000000000000"),
        name: name.to_owned(),
        creator: KEY_OWNER,
        created,
        archived,
        posts,
    };
    let ideas = (1..=12).map(|number| idea(number, created));
    let general = std::iter::once(welcome(created)).chain(ideas).collect();
    vec![
        category(1, "General", false, general),
        category(2, "Trades", false, Vec::new()),
        category(3, "Old News", true, Vec::new()),
    ]
}

fn welcome(created: OffsetDateTime) -> Post {
    let comment = |number, author, text| comment(0, number, author, text, created);
    let question = comment(1, 1001, "How do I begin?");
    let mut response = comment(2, KEY_OWNER, "With a block.");
    response.replies_to = Some(question.id.clone());
    Post {
        id: post_id(0),
        title: "Welcome".to_owned(),
        pinned: true,
        comments: vec![
            comment(0, KEY_OWNER, "Be kind to each other."),
            question,
            response,
            comment(3, 1002, "Thank you!"),
        ],
    }
}

fn idea(number: u8, created: OffsetDateTime) -> Post {
    let author = 1000 + u64::from(number);
    Post {
        id: post_id(number),
        title: format!("Idea {number}"),
        pinned: false,
        comments: vec![comment(number, 0, author, "What do you think?", created)],
    }
}

fn comment(post: u8, number: u8, author: u64, text: &str, created: OffsetDateTime) -> Comment {
    Comment {
        id: format!("{post:08x}-{number:04x}-4000-a000-000000000000"),
        author,
        text: text.to_owned(),
        created,
        replies_to: None,
    }
}

fn post_id(number: u8) -> String {
    format!("{number:08x}-0000-4000-9000-000000000000")
}
