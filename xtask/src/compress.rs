//! Lays a brotli and a gzip copy beside every file of the page that gains by it, so that the bridge compresses nothing
//! at run time. What was compressed before is not compressed again.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::workshop::{Failure, Outcome, files_below, fingerprint, name_in};

/// Kinds that gain; pictures and fonts are compressed in themselves.
const COMPRESSIBLE: [&str; 10] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_OCTETS: usize = 64 * 1024;

/// Whether a file of this name gets compressed copies.
pub(crate) fn is_compressible(file: &Path) -> bool {
    file.extension().and_then(|extension| extension.to_str()).is_some_and(|kind| COMPRESSIBLE.contains(&kind))
}

/// The name of a file's copy: `page.js` → `page.js.br`.
pub(crate) fn copy_of(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// Compresses the page's files; `store` keeps the results under the digest of what they were made from.
pub(crate) fn compress(dist: &Path, store: &Path) -> Outcome {
    fs::create_dir_all(store).map_err(Failure::during(store.display()))?;
    let files: Vec<_> = files_below(dist)?.into_iter().filter(|file| is_compressible(file)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut kept = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            kept.extend(compress_file(dist, file, store).map_err(Failure::during(file.display()))?);
        }
        Outcome::Ok(kept)
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let kept = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results = workers.into_iter().map(|worker| worker.join().expect("a worker returns its failures"));
        results.collect::<Outcome<Vec<_>>>()
    })?
    .concat();
    forget_others(store, &kept).map_err(Failure::during(store.display()))
}

type Compressor = fn(&[u8]) -> io::Result<Vec<u8>>;

/// The two copies of one file; returns where the store keeps them.
fn compress_file(dist: &Path, file: &Path, store: &Path) -> io::Result<[PathBuf; 2]> {
    let content = fs::read(file)?;
    let relative = name_in(dist, file);
    let digest = fingerprint(dist, &[file.to_path_buf()]).map_err(|failure| io::Error::other(failure.to_string()))?;
    let compressors: [(&str, Compressor); 2] = [("br", brotli), ("gz", gzip)];
    let kept = compressors.map(|(extension, compressor)| {
        let name = format!("{}-{digest}.{extension}", relative.replace('/', "-"));
        (store.join(name), extension, compressor)
    });
    for (stored, extension, compressor) in &kept {
        if !stored.exists() {
            // Renamed when complete: an interrupted run leaves nothing that looks finished.
            let unfinished = copy_of(stored, "new");
            fs::write(&unfinished, compressor(&content)?)?;
            fs::rename(&unfinished, stored)?;
        }
        fs::copy(stored, copy_of(file, extension))?;
    }
    Ok(kept.map(|(stored, ..)| stored))
}

/// The two copies of one small file, with their names, without a store.
pub(crate) fn copies(file: &Path, content: &[u8]) -> io::Result<[(PathBuf, Vec<u8>); 2]> {
    Ok([(copy_of(file, "br"), brotli(content)?), (copy_of(file, "gz"), gzip(content)?)])
}

/// Whether a name is that of a compressed copy.
pub(crate) fn is_copy(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER_OCTETS, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    writer.finish()
}

/// Removes what earlier builds left in the store.
fn forget_others(store: &Path, kept: &[PathBuf]) -> io::Result<()> {
    for entry in fs::read_dir(store)? {
        let path = entry?.path();
        if !kept.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_copies_unpack_to_the_file_and_pictures_have_none() {
        let folder = tempfile::tempdir().unwrap();
        let (dist, store) = (folder.path().join("dist"), folder.path().join("store"));
        fs::create_dir(&dist).unwrap();
        let text = "a line of the page\n".repeat(500);
        let (page, picture) = (dist.join("page.js"), dist.join("picture.png"));
        fs::write(&page, &text).unwrap();
        fs::write(&picture, &text).unwrap();
        compress(&dist, &store).unwrap();

        let mut unpacked = String::new();
        let packed = fs::read(copy_of(&page, "br")).unwrap();
        brotli::Decompressor::new(packed.as_slice(), BUFFER_OCTETS).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        let packed = fs::read(copy_of(&page, "gz")).unwrap();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(!copy_of(&picture, "br").exists());
    }

    #[test]
    fn what_is_known_is_taken_from_the_store_and_what_is_old_leaves_it() {
        let folder = tempfile::tempdir().unwrap();
        let (dist, store) = (folder.path().join("dist"), folder.path().join("store"));
        fs::create_dir(&dist).unwrap();
        let page = dist.join("page.js");
        fs::write(&page, "first").unwrap();
        compress(&dist, &store).unwrap();
        for stored in files_below(&store).unwrap() {
            fs::write(stored, "marked").unwrap();
        }
        fs::remove_file(copy_of(&page, "br")).unwrap();
        compress(&dist, &store).unwrap();
        assert_eq!(fs::read(copy_of(&page, "br")).unwrap(), b"marked");

        fs::write(&page, "second").unwrap();
        compress(&dist, &store).unwrap();
        assert_ne!(fs::read(copy_of(&page, "br")).unwrap(), b"marked");
        assert_eq!(files_below(&store).unwrap().len(), 2);
    }
}
