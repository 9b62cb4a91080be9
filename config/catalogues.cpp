// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/catalogues.hpp"

#include "config/files.hpp"
#include "config/keys/maps.hpp"
#include "config/officer_reader.hpp"
#include "config/organisation_reader.hpp"
#include "config/root_file.hpp"

#include <optional>
#include <system_error>

namespace thidua::config {

namespace {

/// The file that `node` names.
struct NamedFile {
    std::filesystem::path path;
    bool is_there = false;
};

NamedFile file_of(const Node& node) {
    NamedFile file;
    file.path = node.path();
    std::error_code code;
    file.is_there = !file.path.empty() && std::filesystem::exists(file.path, code);
    return file;
}

/// The units; none where their file is not there yet.
std::vector<DatedUnit> units_of(const Node& node, Files& files) {
    return file_of(node).is_there ? read_named(node, files, read_units) : std::vector<DatedUnit>();
}

void read_values(const Node& node, Catalogue which, Files& files, Catalogues& values) {
    switch (which) {
        case Catalogue::Units:
            return;
        case Catalogue::Procedures:
            // Units that answer for them may be gone by now: that is the new content's matter.
            values.procedures = read_named(node, files, [](const Node& procedures) {
                return read_procedures(procedures, {});
            });
            return;
        case Catalogue::Officers:
            values.officers = read_named(node, files, [](const Node& officers) {
                return read_officers(officers, {});
            });
            return;
    }
}

Node node_of(Node& root, Catalogue which) {
    switch (which) {
        case Catalogue::Units:
            return root.required("organisation");
        case Catalogue::Procedures:
            return root.required("procedures");
        case Catalogue::Officers:
            return root.optional("officers");
    }
    return root;
}

}  // namespace

std::string_view to_text(Catalogue which) {
    switch (which) {
        case Catalogue::Units:
            return "units";
        case Catalogue::Procedures:
            return "procedures";
        case Catalogue::Officers:
            return "officers";
    }
    return "";
}

std::optional<Catalogue> parse_catalogue(std::string_view text) {
    for (const Catalogue which : {Catalogue::Units, Catalogue::Procedures, Catalogue::Officers}) {
        if (to_text(which) == text) {
            return which;
        }
    }
    return std::nullopt;
}

std::expected<PresentCatalogue, std::vector<Problem>> read_catalogue(
    const std::filesystem::path& root_file, Catalogue which
) {
    Problems problems;
    Files files(problems);
    const auto value = read_root(root_file, files, problems);
    if (!value) {
        return std::unexpected(problems.sorted());
    }
    Node root(*value, keys::root_file(), "", problems);
    PresentCatalogue present;
    const Node node = node_of(root, which);
    const NamedFile file = file_of(node);
    present.file = file.path;
    present.is_there = file.is_there;
    present.values.units = units_of(root.required("organisation"), files);
    if (present.is_there) {
        read_values(node, which, files, present.values);
    }
    if (!problems.empty()) {
        return std::unexpected(problems.sorted());
    }
    return present;
}

}  // namespace thidua::config
