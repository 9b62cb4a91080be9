// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/generate.hpp"

#include "tests/bench/record.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace thidua::bench {
namespace {

constexpr std::int64_t records_a_page = 1'000;
constexpr std::int64_t recent = 20'000;  // dossiers among which four of five re-sent ones are
constexpr std::uint64_t pick_stream = 100;
constexpr std::uint64_t which_stream = 101;
constexpr std::uint64_t changed_stream = 102;

struct CloseFile {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

/// What stands at one place of a set.
struct Pick {
    std::int64_t dossier = 0;
    int version = 1;
};

class Picker {
  public:
    Picker(const Recipe& recipe, RecordWriter& writer) : recipe_(recipe), writer_(writer) {}

    [[nodiscard]] Pick pick(std::int64_t place) {
        const auto number = static_cast<std::uint64_t>(place);
        if (recipe_.set == Set::Clean || recipe_.set == Set::Changed) {
            const bool is_changed = mix(recipe_.seed, changed_stream, number) % 20 == 0;
            return {add(), recipe_.set == Set::Changed && is_changed ? 2 : 1};
        }
        const std::uint64_t dice = mix(recipe_.seed, pick_stream, number) % 100;
        if (dice < 90 || versions_.empty()) {
            return {add(), 1};
        }
        const std::int64_t dossier = seen_before(number);
        std::uint8_t& version = versions_[static_cast<std::size_t>(dossier)];
        if (dice >= 95 && version < std::numeric_limits<std::uint8_t>::max()) {
            ++version;
        }
        return {dossier, version};
    }

  private:
    std::int64_t add() {
        writer_.add_dossier();
        versions_.push_back(1);
        return writer_.dossiers() - 1;
    }

    [[nodiscard]] std::int64_t seen_before(std::uint64_t number) const {
        const std::uint64_t dice = mix(recipe_.seed, which_stream, number);
        const std::int64_t all = writer_.dossiers();
        const std::int64_t range = dice % 5 == 0 ? all : std::min(all, recent);
        const auto back = static_cast<std::int64_t>(dice / 8 % static_cast<std::uint64_t>(range));
        return all - 1 - back;
    }

    Recipe recipe_;
    RecordWriter& writer_;
    std::vector<std::uint8_t> versions_;
};

}  // namespace

Result<Generated> generate(const Recipe& recipe, const std::filesystem::path& file) {
    const std::unique_ptr<std::FILE, CloseFile> out(std::fopen(file.c_str(), "wb"));
    if (out == nullptr) {
        return fail(ErrorKind::Io, file.string() + ": cannot be made");
    }
    RecordWriter writer(recipe.seed, first_day);
    Picker picker(recipe, writer);
    Generated done;
    std::string page;
    std::int64_t on_page = 0;
    const auto end_page = [&] {
        page += fmt::format("],\"totalElements\":{}}}\n", recipe.records);
        const bool is_written = std::fwrite(page.data(), 1, page.size(), out.get()) == page.size();
        done.bytes += static_cast<std::int64_t>(page.size());
        ++done.pages;
        on_page = 0;
        return is_written;
    };
    bool is_written = true;
    for (std::int64_t place = 0; place < recipe.records && is_written; ++place) {
        const Pick pick = picker.pick(place);
        if (recipe.set == Set::Window && writer.accepted_day(pick.dossier) > last_day_of_window) {
            continue;
        }
        page = on_page == 0 ? "{\"content\":[" : std::move(page) + ",";
        writer.append(page, pick.dossier, pick.version);
        ++done.records;
        if (++on_page == records_a_page) {
            is_written = end_page();
        }
    }
    is_written = is_written && (on_page == 0 || end_page());
    done.dossiers = writer.dossiers();
    if (!is_written || std::fflush(out.get()) != 0) {
        return fail(ErrorKind::Io, file.string() + ": cannot be written; is the disk full?");
    }
    return done;
}

}  // namespace thidua::bench
