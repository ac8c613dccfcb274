//! This crate, with its default settings.

use std::hint::black_box;

use job::{Job, THREADS};
use rblx_open_cloud::models::{AssetType, AssetUpload, InventoryFilter};
use rblx_open_cloud::{AssetFile, Client, Result};

#[path = "../../job.rs"]
mod job;

fn list(client: &Client, number: u64) -> Result<u64> {
    let mut count = 0;
    for item in client.user(number).list_inventory(InventoryFilter::all()) {
        black_box(item?);
        count += 1;
    }
    Ok(count)
}

fn main() -> Result<()> {
    let job = Job::from_arguments();
    let client = Client::builder("key").base_url(&job.url).build()?;
    let done = match job.what.as_str() {
        "list" => list(&client, job.number)?,
        "calls" => {
            for _ in 0..job.number {
                black_box(client.user(156).get()?);
            }
            job.number
        }
        "threads" => std::thread::scope(|scope| {
            let each = || list(&client, job.number);
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(each)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .sum::<Result<u64>>()
        })?,
        "upload" => {
            for _ in 0..job.number {
                let file = AssetFile::open(&job.file)?;
                let upload = AssetUpload::new(AssetType::Video, "Name", "Description", file);
                black_box(client.user(156).upload_asset(upload).map(drop)?);
            }
            job.number
        }
        other => panic!("{other} is not a job"),
    };
    job.done(done);
    Ok(())
}
