// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/answers.hpp"

#include "config/source_reader.hpp"
#include "config/yaml.hpp"
#include "connectors/page.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"

#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::bench {
namespace {

/// What an installation lays over the preset. Nothing here is ever asked.
constexpr std::string_view installation =
    "base_url: http://127.0.0.1:1\n"
    "auth: {client_id: bench, client_secret_file: /dev/null}\n"
    "parameters: {ancestor_agency_id: 640000000000000000000001}\n";

Result<SourceDescription> read_preset() {
    constexpr std::uintmax_t bytes_max = 1'000'000;
    const std::filesystem::path file =
        std::filesystem::path(THIDUA_SOURCE_DIR) / "connectors/presets/igate-dossiers.yaml";
    const auto text = read_file(file, bytes_max);
    if (!text) {
        return std::unexpected(text.error());
    }
    config::Problems problems;
    const auto shipped = config::parse_yaml(*text, problems.add_file(file), problems);
    const auto own =
        config::parse_yaml(std::string(installation), problems.add_file("bench"), problems);
    if (!shipped || !own) {
        return fail(ErrorKind::Config, file.string() + ": not YAML");
    }
    const config::Value value = config::overlay(*shipped, *own);
    config::Node node(value, "sources.bench", problems);
    (void)node.optional("version");
    SourceDescription description = config::read_source(node, "bench");
    if (!problems.empty()) {
        const std::vector<config::Problem> found = problems.sorted();
        return fail(ErrorKind::Config, config::to_text(found.front()));
    }
    return description;
}

connectors::Window whole_time() {
    return {Day{std::chrono::days{0}}, Day{std::chrono::days{65'000}}};
}

}  // namespace

struct SliceReader::State {
    State(PageFile pages, connectors::PageReader page_reader, connectors::Keeper nothing_kept)
        : file(std::move(pages)), reader(std::move(page_reader)), keeper(std::move(nothing_kept)) {}

    PageFile file;
    connectors::PageReader reader;
    connectors::Keeper keeper;
    connectors::Pointer records = connectors::Pointer::parse("/content").value();
    connectors::Pointer fees = connectors::Pointer::parse("/fees").value();
    connectors::Pointer amount = connectors::Pointer::parse("/amount").value();
    simdjson::dom::parser parser;
    std::int64_t slices = 0;
    // What look() saw.
    std::vector<std::string> kept;
    Seen seen;
    // The slice under way.
    std::vector<connectors::DecodedDossier> dossiers;
    std::vector<Rejected> rejected;
    std::int64_t bytes = 0;

    [[nodiscard]] std::string next_key();
    [[nodiscard]] Result<void> add_page(std::string_view page);
    [[nodiscard]] Result<void> add_fees(
        connectors::Element answer, std::vector<connectors::DecodedDossier>& page
    ) const;
    [[nodiscard]] PrintedSlice take(std::string key, std::uint64_t print);
};

/// Days after one another, so that keys look like a source's windows.
std::string SliceReader::State::next_key() {
    const Day day{std::chrono::days{18'262 + slices++}};
    return to_text(day) + "/" + to_text(day);
}

/// A real source is asked for fees by a second request, which has no place in a file of pages;
/// here they stand in the record and are read with the same tools.
Result<void> SliceReader::State::add_fees(
    connectors::Element answer, std::vector<connectors::DecodedDossier>& page
) const {
    simdjson::dom::array all;
    const auto content = records.find(answer);
    if (!content || content->get_array().get(all) || all.size() != page.size()) {
        return fail(ErrorKind::Contract, "a page was not read whole");
    }
    std::size_t position = 0;
    for (const connectors::Element record : all) {
        DossierRecord& dossier = page[position++].record;
        simdjson::dom::array rows;
        const auto found = fees.find(record);
        if (!found || found->get_array().get(rows)) {
            return fail(ErrorKind::Contract, "a record has no fees");
        }
        for (const connectors::Element row : rows) {
            const auto element = amount.find(row);
            const auto number = element ? connectors::whole_number(*element) : std::nullopt;
            if (!number) {
                return fail(ErrorKind::Contract, "a fee has no amount");
            }
            ++dossier.fee_count;
            dossier.fee_total += *number;
        }
    }
    return {};
}

/// `page` has room behind it for the parser.
Result<void> SliceReader::State::add_page(std::string_view page) {
    connectors::Element answer;
    if (const auto code = parser.parse(page.data(), page.size(), false).get(answer)) {
        return fail(ErrorKind::Contract, simdjson::error_message(code));
    }
    auto read = reader.read({.root = answer}, whole_time(), "page", keeper);
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    if (auto added = add_fees(answer, read->dossiers); !added) {
        return added;
    }
    dossiers.reserve(pages_a_slice * read->dossiers.size());
    std::move(read->dossiers.begin(), read->dossiers.end(), std::back_inserter(dossiers));
    std::move(read->rejected.begin(), read->rejected.end(), std::back_inserter(rejected));
    bytes += static_cast<std::int64_t>(page.size());
    return {};
}

PrintedSlice SliceReader::State::take(std::string key, std::uint64_t print) {
    PrintedSlice made;
    made.print = print;
    made.records = static_cast<std::int64_t>(dossiers.size());
    made.slice.key = std::move(key);
    made.slice.requests = pages_a_slice;
    made.slice.bytes = std::exchange(bytes, 0);
    made.slice.rejected = std::exchange(rejected, {});
    auto kept_dossiers = connectors::without_repeats(std::exchange(dossiers, {}));
    made.slice.dossiers.reserve(kept_dossiers.size());
    for (connectors::DecodedDossier& dossier : kept_dossiers) {
        made.slice.dossiers.push_back(std::move(dossier.record));
    }
    made.slice.declared_total = made.records;
    return made;
}

SliceReader::SliceReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SliceReader::SliceReader(SliceReader&&) noexcept = default;
SliceReader::~SliceReader() = default;

Result<SliceReader> SliceReader::open(const std::filesystem::path& pages) {
    auto file = PageFile::open(pages);
    if (!file) {
        return std::unexpected(std::move(file.error()));
    }
    auto description = read_preset();
    if (!description) {
        return std::unexpected(std::move(description.error()));
    }
    description->keep.reset();  // peers keep nothing of an answer either
    auto reader = connectors::PageReader::make(*description);
    if (!reader) {
        return std::unexpected(std::move(reader.error()));
    }
    auto keeper = connectors::Keeper::make(*description);
    if (!keeper) {
        return std::unexpected(std::move(keeper.error()));
    }
    return SliceReader(
        std::make_unique<State>(*std::move(file), *std::move(reader), *std::move(keeper))
    );
}

Result<std::optional<PrintedSlice>> SliceReader::next() {
    State& state = *state_;
    std::uint64_t print = 0;
    int pages = 0;
    for (; pages < pages_a_slice; ++pages) {
        const auto page = state.file.next();
        if (!page) {
            return std::unexpected(page.error());
        }
        if (!*page) {
            break;
        }
        print = print_of(**page, print);
        if (auto added = state.add_page(**page); !added) {
            return std::unexpected(std::move(added.error()));
        }
    }
    if (pages == 0) {
        return std::optional<PrintedSlice>{};
    }
    return std::optional(state.take(state.next_key(), print));
}

Result<std::optional<SliceReader::Seen>> SliceReader::look() {
    State& state = *state_;
    state.seen = {};
    state.kept.clear();
    for (int number = 0; number < pages_a_slice; ++number) {
        const auto page = state.file.next();
        if (!page) {
            return std::unexpected(page.error());
        }
        if (!*page) {
            break;
        }
        state.seen.print = print_of(**page, state.seen.print);
        state.seen.bytes += static_cast<std::int64_t>((*page)->size());
        state.kept.emplace_back(**page);
    }
    if (state.kept.empty()) {
        return std::optional<Seen>{};
    }
    state.seen.key = state.next_key();
    return std::optional(state.seen);
}

Result<PrintedSlice> SliceReader::decode() {
    State& state = *state_;
    for (std::string& page : state.kept) {
        page.reserve(page.size() + simdjson::SIMDJSON_PADDING);
        if (auto added = state.add_page(page); !added) {
            return std::unexpected(std::move(added.error()));
        }
    }
    return state.take(state.seen.key, state.seen.print);
}

}  // namespace thidua::bench
