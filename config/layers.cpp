// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/layers.hpp"

#include "config/root_file.hpp"

#include <algorithm>
#include <utility>

namespace thidua::config {

namespace {

constexpr std::string_view default_state_directory = "/var/lib/thidua";
constexpr std::string_view installed_presets = "/usr/share/thidua/presets";

std::optional<Value> read_preset(
    const Node& name, const std::filesystem::path& folder, Files& files
) {
    const std::size_t problems_before = name.problems().size();
    const std::string id = name.id();
    if (name.problems().size() != problems_before) {
        return std::nullopt;
    }
    std::vector<std::string> names;
    for (const auto& file : files_in(folder, ".yaml")) {
        names.push_back(file.stem().string());
    }
    if (std::ranges::find(names, id) == names.end()) {
        name.refuse(
            "the name of a preset in " + folder.string() +
            (names.empty() ? ", and there is none" : ": " + listed(names)) + did_you_mean(id, names)
        );
        return std::nullopt;
    }
    auto preset = files.read(folder / (id + ".yaml"), name);
    const auto nested = preset ? std::ranges::find(preset->entries, "preset", &Entry::key)
                               : std::vector<Entry>::iterator();
    if (preset && nested != preset->entries.end()) {
        name.problems().add(nested->place, name.key(), "a preset cannot be laid over another");
        return std::nullopt;
    }
    return preset;
}

}  // namespace

std::filesystem::path state_directory_of(Node& root) {
    const Node node = root.optional("state_directory");
    return node ? node.path() : std::filesystem::path(default_state_directory);
}

std::filesystem::path folder_of_presets(Node& root) {
    const Node node = root.optional("presets");
    return node ? node.path() : std::filesystem::path(installed_presets);
}

std::optional<Value> over_preset(Node source, const std::filesystem::path& presets, Files& files) {
    const Node preset = source.optional("preset");
    if (!preset) {
        return *source.value();
    }
    auto under = read_preset(preset, presets, files);
    return under ? std::optional(overlay(*std::move(under), *source.value())) : std::nullopt;
}

std::optional<Value> over_campaign_file(Node campaign, Files& files) {
    const Node file = campaign.required("file");
    auto under = file.is_scalar() ? files.read(file.path(), file) : std::nullopt;
    return under ? std::optional(overlay(*std::move(under), *campaign.value())) : std::nullopt;
}

}  // namespace thidua::config
