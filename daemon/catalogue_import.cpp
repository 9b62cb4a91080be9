// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/catalogue_import.hpp"

#include "config/catalogue_writer.hpp"
#include "config/loader.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "daemon/catalogue_values.hpp"

#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

namespace fs = std::filesystem;
using config::Catalogue;
using State = CatalogueOutcome::State;

constexpr std::uintmax_t table_bytes_max = 128U * 1024 * 1024;

std::string_view key_of(Catalogue which) {
    return which == Catalogue::Units ? "organisation" : to_text(which);
}

std::size_t size_of(Catalogue which, const config::Catalogues& values) {
    switch (which) {
        case Catalogue::Units:
            return values.units.size();
        case Catalogue::Procedures:
            return values.procedures.size();
        case Catalogue::Officers:
            return values.officers.size();
    }
    return 0;
}

/// Whether the loader made of the new file what was written into it.
bool is_read_back(
    Catalogue which, const config::Settings& settings, const config::Catalogues& values
) {
    switch (which) {
        case Catalogue::Units:
            return settings.units == values.units;
        case Catalogue::Procedures:
            return settings.procedures == values.procedures;
        case Catalogue::Officers:
            return settings.officers == values.officers;
    }
    return false;
}

/// One import, step by step; a step that gives false has noted why.
class Importer {
  public:
    explicit Importer(const Options& options) : options_(options) {
        outcome_.which = *config::parse_catalogue(options.kind);
        outcome_.table = fs::path(options.files.front()).filename().string();
    }

    CatalogueOutcome run() && {
        if (read_table() && read_present() && read_values() && check_whole()) {
            compare();
            write();
        }
        return std::move(outcome_);
    }

  private:
    bool refuse(Error error) {
        outcome_.code = exit_code_of(error.kind);
        outcome_.error = std::move(error);
        return false;
    }

    bool refuse(std::vector<config::Problem> problems) {
        outcome_.code = ExitCode::Config;
        outcome_.problems = std::move(problems);
        return false;
    }

    bool read_table() {
        auto bytes = read_file(options_.files.front(), table_bytes_max);
        if (!bytes) {
            return refuse(std::move(bytes.error()));
        }
        outcome_.sha256 = sha256_hex(*bytes);
        auto table = read_catalogue_table(outcome_.which, {outcome_.table, *bytes});
        if (!table) {
            return refuse(std::move(table.error()));
        }
        table_ = *std::move(table);
        return true;
    }

    bool read_present() {
        auto present = config::read_catalogue(options_.config, outcome_.which);
        if (!present) {
            return refuse(std::move(present.error()));
        }
        present_ = *std::move(present);
        outcome_.present = present_.file;
        outcome_.file = options_.out.empty() ? present_.file : options_.out;
        if (outcome_.file.empty()) {
            const std::string_view key = key_of(outcome_.which);
            return refuse(
                {ErrorKind::Config,
                 fmt::format(
                     "{}: names no file of {}: add \"{}: {}.yaml\", or give --out FILE",
                     options_.config.string(),
                     to_text(outcome_.which),
                     key,
                     key
                 )}
            );
        }
        std::error_code code;
        is_elsewhere_ = !options_.out.empty() && !fs::equivalent(options_.out, present_.file, code);
        return true;
    }

    bool read_values() {
        auto read = catalogue_values(table_, {present_.values, options_.from});
        if (!read.mistakes.empty()) {
            outcome_.code = ExitCode::Data;
            outcome_.mistakes = std::move(read.mistakes);
            return false;
        }
        values_ = std::move(read.values);
        outcome_.kept = std::move(read.kept);
        outcome_.entries = size_of(outcome_.which, values_);
        text_ = config::catalogue_yaml(
            outcome_.which, values_, {.file_name = outcome_.table, .sha256 = outcome_.sha256}
        );
        return true;
    }

    /// The whole configuration, with the new content in the place of the old one. Content that is
    /// written elsewhere has to be right by itself; what does not fit it is only told, since it may
    /// be about to change too.
    bool check_whole() {
        if (present_.file.empty()) {
            return true;  // nothing of the configuration knows of such a catalogue
        }
        auto loaded = config::load_with(options_.config, {{present_.file, text_}});
        if (loaded) {
            return is_read_back(outcome_.which, *loaded, values_) ||
                   refuse({ErrorKind::Data, "what would be written is not read back as it is"});
        }
        const std::string own = present_.file.string() + std::string(config::new_text_note);
        for (config::Problem& problem : loaded.error()) {
            const bool is_remark = is_elsewhere_ && problem.file != own;
            (is_remark ? outcome_.remarks : outcome_.problems).push_back(std::move(problem));
        }
        outcome_.code = outcome_.problems.empty() ? outcome_.code : ExitCode::Config;
        if (!outcome_.problems.empty()) {
            compare();  // what was wanted may explain what is wrong
        }
        return outcome_.problems.empty();
    }

    void compare() {
        outcome_.difference = catalogue_difference(outcome_.which, present_.values, values_);
    }

    void write() {
        std::error_code code;
        const fs::path target = fs::weakly_canonical(outcome_.file, code);
        if (code) {
            refuse(Error{
                ErrorKind::Io, fmt::format("{}: {}", outcome_.file.string(), code.message())});
            return;
        }
        const bool is_there = fs::exists(target, code);
        const auto old = is_there ? read_file(target, table_bytes_max) : Result<std::string>();
        if (!old) {
            refuse(old.error());
            return;
        }
        if (is_there && is_elsewhere_ && !is_such_a_file(*old)) {
            refuse(Error{
                ErrorKind::Usage,
                fmt::format(
                    "--out {}: it is there and no file of {}",
                    outcome_.file.string(),
                    to_text(outcome_.which)
                )});
            return;
        }
        if (is_there && (is_elsewhere_ ? *old == text_ : is_empty(*outcome_.difference))) {
            outcome_.state = State::Unchanged;
        } else if (options_.dry_run) {
            outcome_.state = State::Rehearsed;
        } else {
            replace(target, is_there, *old);
        }
    }

    /// A slip of the pen must not put the officers in the place of another file. The root file has
    /// keys of the same names, but no lists below them.
    [[nodiscard]] bool is_such_a_file(const std::string& text) const {
        const std::string key = fmt::format("\n{}:", to_text(outcome_.which));
        return text.find(key + "\n") != std::string::npos ||
               text.find(key + " [") != std::string::npos;
    }

    void replace(const fs::path& target, bool is_there, const std::string& old) {
        // The service must be able to read what root writes: a new file is like the root file.
        const fs::path model = is_there ? target : options_.config;
        const fs::path backup = target.string() + ".bak";
        auto written = is_there ? write_file_like(backup, old, model) : Result<void>();
        written = written ? write_file_like(target, text_, model) : written;
        if (!written) {
            refuse(std::move(written.error()));
            return;
        }
        outcome_.backup = is_there ? backup : fs::path();
        outcome_.state = State::Written;
    }

    const Options& options_;
    CatalogueOutcome outcome_;
    CatalogueTable table_;
    config::PresentCatalogue present_;
    config::Catalogues values_;
    std::string text_;
    bool is_elsewhere_ = false;
};

}  // namespace

CatalogueOutcome import_catalogue(const Options& options) {
    return Importer(options).run();
}

}  // namespace thidua::daemon
