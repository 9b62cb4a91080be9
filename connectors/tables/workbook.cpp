// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/workbook.hpp"

#include "connectors/tables/xml.hpp"
#include "core/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace thidua::connectors {
namespace {

/// Excel allows 255 tabs on opening; beyond a few thousand relations a file is not meant to be
/// read.
constexpr std::size_t relations_max = 4'000;

struct Relation {
    std::string kind;  ///< the last word of its type: the rest differs between dialects
    std::string part;
};

using Relations = std::map<std::string, Relation, std::less<>>;

/// `target` seen from the folder of `part`; nothing if it leads out of the package.
std::optional<std::string> resolve(std::string_view part, std::string_view target) {
    std::vector<std::string_view> steps;
    const auto add = [&steps](std::string_view path) {
        while (!path.empty()) {
            const std::size_t length = std::min(path.find('/'), path.size());
            const std::string_view step = path.substr(0, length);
            if (step == ".." && steps.empty()) {
                return false;
            }
            if (step == "..") {
                steps.pop_back();
            } else if (!step.empty() && step != ".") {
                steps.push_back(step);
            }
            path.remove_prefix(std::min(length + 1, path.size()));
        }
        return true;
    };
    const std::size_t slash = part.rfind('/');
    if (!target.starts_with('/') && slash != std::string_view::npos) {
        add(part.substr(0, slash));
    }
    if (!add(target) || steps.empty()) {
        return std::nullopt;
    }
    return fmt::format("{}", fmt::join(steps, "/"));
}

class RelationsHandler final : public XmlHandler {
  public:
    explicit RelationsHandler(std::string_view part) : part_(part) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship" || attributes.find("TargetMode") == "External") {
            return {};
        }
        const auto id = attributes.find("Id");
        const auto type = attributes.find("Type");
        const auto target = attributes.find("Target");
        if (!id || !type || !target || relations.size() >= relations_max) {
            return fail(
                ErrorKind::Data, "a relation of the workbook is incomplete, or one too many"
            );
        }
        auto part = resolve(part_, *target);
        if (!part) {
            return fail(ErrorKind::Data, "a relation of the workbook leads out of the file");
        }
        relations.emplace(*id, Relation{std::string(type->substr(type->rfind('/') + 1)), *part});
        return {};
    }
    Result<void> end(std::string_view /*name*/) override { return {}; }
    Result<void> text(std::string_view /*piece*/) override { return {}; }

    Relations relations;

  private:
    std::string part_;
};

class WorkbookHandler final : public XmlHandler {
  public:
    explicit WorkbookHandler(const Relations& relations) : relations_(relations) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "workbookPr") {
            workbook.is_1904 = attributes.flag("date1904");
        }
        if (name != "sheet") {
            return {};
        }
        const auto title = attributes.find("name");
        const auto id = attributes.find("id");
        const auto relation = id ? relations_.find(*id) : relations_.end();
        if (!title || relation == relations_.end() || workbook.sheets.size() >= relations_max) {
            return fail(ErrorKind::Data, "the workbook names a sheet that is not in the file");
        }
        const auto state = attributes.find("state");
        workbook.sheets.push_back({
            .name = std::string(*title),
            .part = relation->second.part,
            .is_visible = !state || *state == "visible",
            .is_worksheet = relation->second.kind == "worksheet",
        });
        return {};
    }
    Result<void> end(std::string_view /*name*/) override { return {}; }
    Result<void> text(std::string_view /*piece*/) override { return {}; }

    Workbook workbook;

  private:
    const Relations& relations_;
};

/// The relations of `part`; of the package as a whole if it is empty.
Result<Relations> relations_of(const Archive& archive, std::string_view part) {
    const std::size_t name_at = part.rfind('/') + 1;  // 0 if there is no folder
    const auto place =
        fmt::format("{}_rels/{}.rels", part.substr(0, name_at), part.substr(name_at));
    RelationsHandler handler(part);
    if (auto read = read_xml(archive, place, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return std::move(handler.relations);
}

std::optional<std::string> first_of(const Relations& relations, std::string_view kind) {
    for (const auto& [id, relation] : relations) {
        if (relation.kind == kind) {
            return relation.part;
        }
    }
    return std::nullopt;
}

/// Every sheet's name, for an error: names of sheets are headings, not values.
std::string names_of(const Workbook& workbook) {
    std::string names;
    for (const Sheet& sheet : workbook.sheets) {
        names += fmt::format(
            "{}'{}'{}",
            names.empty() ? "" : ", ",
            one_line(sheet.name),
            sheet.is_worksheet ? sheet.is_visible ? "" : " (hidden)" : " (no table)"
        );
    }
    return names;
}

}  // namespace

Result<Workbook> read_workbook(const Archive& archive) {
    const auto package = relations_of(archive, "");
    if (!package) {
        return failed("not an .xlsx file", package.error());
    }
    const auto main_part = first_of(*package, "officeDocument");
    if (!main_part) {
        return fail(ErrorKind::Data, "not an .xlsx file: it has no main part");
    }
    const auto relations = relations_of(archive, *main_part);
    if (!relations) {
        return failed("not an .xlsx file", relations.error());
    }
    WorkbookHandler handler(*relations);
    if (auto read = read_xml(archive, *main_part, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    Workbook workbook = std::move(handler.workbook);
    workbook.shared_strings = first_of(*relations, "sharedStrings");
    workbook.styles = first_of(*relations, "styles");
    return workbook;
}

Result<Sheet> choose_sheet(const Workbook& workbook, const std::optional<std::string>& name) {
    const std::string wanted = to_nfc(name.value_or(""));
    const auto found = std::ranges::find_if(workbook.sheets, [&](const Sheet& sheet) {
        return name ? to_nfc(sheet.name) == wanted : sheet.is_visible && sheet.is_worksheet;
    });
    if (found == workbook.sheets.end()) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "no {}; the file has: {}",
                name ? fmt::format("sheet '{}'", one_line(wanted)) : "sheet that can be seen",
                names_of(workbook)
            )
        );
    }
    if (!found->is_worksheet) {
        return fail(
            ErrorKind::Data, fmt::format("sheet '{}' holds no table", one_line(found->name))
        );
    }
    return *found;
}

}  // namespace thidua::connectors
