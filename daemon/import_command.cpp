// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua import
#include "connectors/tables/template_xlsx.hpp"
#include "core/file.hpp"
#include "daemon/commands.hpp"
#include "daemon/file_drop.hpp"
#include "daemon/file_words.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// The source of files that goes by this name, or the only one of this kind of record.
Result<const SourceDescription*> file_source(
    const config::Settings& settings, const std::string& name
) {
    const SourceDescription* of_kind = nullptr;
    std::string known;
    for (const config::SourceSettings& source : settings.sources) {
        const SourceDescription& description = source.description;
        if (description.slicing.type != Slicing::Type::File) {
            continue;
        }
        known += (known.empty() ? "" : ", ") + description.name;
        if (description.name == name) {
            return &description;
        }
        if (to_text(description.kind) == name) {
            if (of_kind != nullptr) {
                return fail(
                    ErrorKind::Usage,
                    fmt::format("import: several sources take files of {}: name one", name)
                );
            }
            of_kind = &description;
        }
    }
    if (of_kind != nullptr) {
        return of_kind;
    }
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "import: no source takes files of \"{}\", and no catalogue is called so; {}",
            name,
            known.empty() ? "add one with preset: file-drop" : "there are: " + known
        )
    );
}

json::object to_json(const std::string& file, const Result<FileOutcome>& outcome) {
    json::object object{{"file", file}, {"taken", outcome.has_value()}};
    if (!outcome) {
        object["error"] = outcome.error().message;
        object["reason"] = vietnamese_reason(outcome.error().message);
        return object;
    }
    object["records"] = outcome->records;
    object["repeat"] = outcome->is_repeat;
    json::array rejected;
    for (const Rejected& one : outcome->rejected) {
        rejected.push_back(
            {{"place", one.where},
             {"error", one.reason},
             {"reason", vietnamese_reason(one.where + ": " + one.reason)}}
        );
    }
    object["rejected"] = std::move(rejected);
    return object;
}

std::string to_line(const std::string& file, const Result<FileOutcome>& outcome) {
    if (!outcome) {
        return fmt::format(
            "{}: not taken: {}\n    {}\n",
            file,
            outcome.error().message,
            vietnamese_reason(outcome.error().message)
        );
    }
    std::string text = fmt::format(
        "{}: {} records{}{}\n",
        file,
        outcome->records,
        outcome->is_repeat ? ", all of which were read before" : "",
        outcome->rejected.empty() ? ""
                                  : fmt::format(", {} rows not taken:", outcome->rejected.size())
    );
    for (const Rejected& one : outcome->rejected) {
        text += fmt::format("    {}\n", vietnamese_reason(one.where + ": " + one.reason));
    }
    return text;
}

}  // namespace

ExitCode import_files(const Options& options, const Service& service, const Output& output) {
    const auto source = file_source(service.settings, options.kind);
    if (!source) {
        return report_error(output, source.error());
    }
    Connectors connectors;
    auto pull = begin_pull(service, connectors, **source, store::PullKind::Pull);
    if (!pull) {
        return report_error(output, pull.error());
    }
    json::array told;
    Result<void> done;
    ExitCode code = ExitCode::Done;
    for (const std::string& file : options.files) {
        const auto outcome = take_file(*pull, file);
        if (!outcome && code == ExitCode::Done) {
            code = exit_code_of(outcome.error().kind);
            done = std::unexpected(outcome.error());
        }
        if (options.json) {
            told.push_back(to_json(file, outcome));
        } else {
            output.out(to_line(file, outcome));
        }
    }
    finish(*pull, done);
    if (options.json) {
        output.out(pretty_json(json::object{{"files", std::move(told)}}));
    }
    return code;
}

ExitCode write_template(
    const Options& options,
    const connectors::TemplateWords& words,
    std::span<const FileColumn> columns
) {
    std::vector<connectors::TemplateColumn> wanted;
    for (const FileColumn& column : columns) {
        connectors::TemplateColumn made;
        made.id = column.id;
        made.label = column.labels.empty() ? column.id : column.labels.front();
        made.note = column.note;
        made.kind = column.kind;
        made.is_required = column.is_required;
        made.words = column.words;
        wanted.push_back(std::move(made));
    }
    const auto bytes = connectors::template_xlsx(words, wanted);
    if (!bytes) {
        return report_error(bytes.error());
    }
    const std::filesystem::path file =
        options.out.empty() ? std::filesystem::path("mau-" + options.template_kind + ".xlsx")
                            : options.out;
    if (auto written = write_file(file, *bytes); !written) {
        return report_error(written.error());
    }
    fmt::print("{}\n", file.string());
    return ExitCode::Done;
}

ExitCode run_import_template(const Options& options, const config::Settings& settings) {
    const auto source = file_source(settings, options.template_kind);
    if (!source) {
        return report_error(source.error());
    }
    const SourceDescription& description = **source;
    connectors::TemplateWords words;
    words.title = description.title.empty() ? description.name : description.title;
    words.row = description.kind == RecordKind::Payments ? "giao dịch" : "hồ sơ";
    return write_template(options, words, description.file.columns);
}

}  // namespace thidua::daemon
