// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/hash.hpp"
#include "tests/bench/answers.hpp"
#include "tests/bench/commands.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/page_file.hpp"
#include "tests/bench/raw.hpp"

#include <vector>

namespace thidua::bench {
namespace {

Result<void> run_decode(const Files& files) {
    Stopwatch watch;
    auto reader = SliceReader::open(files.pages);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    std::int64_t records = 0;
    std::int64_t bytes = 0;
    watch.start();
    while (true) {
        const auto slice = reader->next();
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (!*slice) {
            break;
        }
        records += (*slice)->records;
        bytes += (*slice)->slice.bytes;
    }
    watch.stop();
    Measurement("decode").add("records", records).add(watch).add("bytes", bytes).print();
    return {};
}

std::string_view name_of(Reading reading) {
    switch (reading) {
        case Reading::Bytes:
            return "read";
        case Reading::Xxh3:
            return "read-xxh3";
        case Reading::Sha256:
            return "read-sha256";
        case Reading::Decode:
            return "decode";
    }
    return "";
}

}  // namespace

Result<void> run_read(Reading reading, const Files& files) {
    if (reading == Reading::Decode) {
        return run_decode(files);
    }
    auto file = PageFile::open(files.pages);
    if (!file) {
        return std::unexpected(file.error());
    }
    std::int64_t pages = 0;
    std::int64_t bytes = 0;
    std::uint64_t print = 0;
    Stopwatch watch;
    watch.start();
    while (true) {
        const auto page = file->next();
        if (!page) {
            return std::unexpected(page.error());
        }
        if (!*page) {
            break;
        }
        ++pages;
        bytes += static_cast<std::int64_t>((*page)->size()) + 1;
        if (reading == Reading::Xxh3) {
            print = print_of(**page, print);
        } else if (reading == Reading::Sha256) {
            print += sha256_hex(**page).front() == '0' ? 1U : 0U;
        }
    }
    watch.stop();
    Measurement(name_of(reading))
        .add("pages", pages)
        .add(watch)
        .add("bytes", bytes)
        .add("print", static_cast<std::int64_t>(print >> 1U))
        .print();
    return {};
}

Result<void> run_raw(const Files& files) {
    auto reader = SliceReader::open(files.pages);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    auto inserter = RawInserter::create(files.store);
    if (!inserter) {
        return std::unexpected(inserter.error());
    }
    Stopwatch watch;
    std::int64_t records = 0;
    std::int64_t slices = 0;
    std::vector<RawRow> rows;
    while (true) {
        const auto slice = reader->next();
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (!*slice) {
            break;
        }
        rows.clear();
        for (const DossierRecord& record : (*slice)->slice.dossiers) {
            rows.push_back(raw_row(record));
        }
        records += (*slice)->records;
        watch.start();
        if (auto inserted = inserter->insert(rows, ++slices); !inserted) {
            return inserted;
        }
        watch.stop();
    }
    Measurement("raw").add("records", records).add(watch).add_file(files.store).print();
    return {};
}

}  // namespace thidua::bench
