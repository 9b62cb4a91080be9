// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was kept of a slice, read by the mapping of today.
#include "connectors/desk.hpp"
#include "connectors/plan.hpp"
#include "core/codes.hpp"

#include <fmt/format.h>

#include <utility>

namespace thidua::connectors {
namespace {

/// The lines of a slice, as far as they have been read.
class KeptReader {
  public:
    KeptReader(const Desk& desk, const PageReader& pages, const Window& window)
        : desk_(desk), pages_(pages), window_(window), record_(pages.dossiers().places()) {
        joined_.resize(desk.joins.size());
    }

    /// Errors: Contract if the line is none of ours.
    [[nodiscard]] Result<void> take(std::string_view line);

    [[nodiscard]] Result<Slice> finish() &&;

  private:
    [[nodiscard]] Result<void> take_record(Element record);
    [[nodiscard]] Result<void> take_row(Element line, Element row);

    const Desk& desk_;
    const PageReader& pages_;
    Window window_;
    simdjson::dom::parser parser_ = make_parser(4 * 1024);
    Record record_;
    std::size_t lines_ = 0;
    std::vector<DecodedDossier> dossiers_;
    std::vector<JoinedById> joined_;  // by join
    Slice slice_;
};

Result<void> KeptReader::take(std::string_view line) {
    ++lines_;
    Element whole;
    Element part;
    if (parser_.parse(line.data(), line.size()).get(whole) != simdjson::SUCCESS) {
        return fail(ErrorKind::Contract, "a kept line that is not JSON");
    }
    if (!whole.at_key("record").get(part)) {
        return take_record(part);
    }
    if (!whole.at_key("row").get(part)) {
        return take_row(whole, part);
    }
    return fail(ErrorKind::Contract, "a kept line that is neither a record nor a row");
}

Result<void> KeptReader::take_record(Element record) {
    record_.look_at(record);
    auto is_wanted = pages_.dossiers().read(record_, window_, dossiers_.emplace_back());
    if (is_wanted && *is_wanted) {
        for (JoinedById& joined : joined_) {
            joined.try_emplace(dossiers_.back().id);
        }
        return {};
    }
    dossiers_.pop_back();
    if (is_wanted) {
        return {};
    }
    return pages_.refuse(
        fmt::format("kept record {}", lines_),
        std::move(is_wanted.error()),
        record,
        desk_.keeper,
        slice_.rejected
    );
}

Result<void> KeptReader::take_row(Element line, Element row) {
    std::int64_t join = 0;
    std::string_view only;
    const bool is_ours = !line.at_key("join").get(join) && !line.at_key("of").get(only) &&
                         join >= 0 && static_cast<std::size_t>(join) < joined_.size();
    if (!is_ours) {
        return fail(ErrorKind::Contract, "a kept row of a join that the description does not have");
    }
    const auto number = static_cast<std::size_t>(join);
    const JoinReader& reader = desk_.joins[number];
    const auto key = only.empty() ? reader.row_key.find(row) : std::nullopt;
    const std::string id = key ? scalar_text(*key).value_or("") : std::string(only);
    if (!joined_[number].contains(id)) {
        return {};  // of a dossier that is rejected or outside of the window
    }
    return add_row(reader, row, fmt::format("kept row {}", lines_), id, joined_[number]);
}

Result<Slice> KeptReader::finish() && {
    const std::size_t records = dossiers_.size() + slice_.rejected.size();
    std::vector<DecodedDossier> dossiers = without_repeats(std::move(dossiers_));
    for (std::size_t join = 0; join < joined_.size(); ++join) {
        apply(desk_.joins[join], joined_[join], dossiers, slice_.rejected);
    }
    if (auto few = check_rejected(slice_.rejected, records); !few) {
        return std::unexpected(std::move(few.error()));
    }
    for (DecodedDossier& dossier : dossiers) {
        slice_.dossiers.push_back(std::move(dossier.record));
    }
    slice_.declared_total = static_cast<std::int64_t>(records);
    return std::move(slice_);
}

}  // namespace

Result<Slice> reread_pages(
    Desk& desk, const PageReader& reader, const std::string& kept, const Window& window
) {
    KeptReader lines(desk, reader, window);
    auto read = for_each_kept_line(kept, [&](std::string_view line) { return lines.take(line); });
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    auto slice = std::move(lines).finish();
    if (slice) {
        slice->key = key_of(desk.description, window);
        slice->kept = kept;
    }
    return slice;
}

}  // namespace thidua::connectors
