// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/first_configuration.hpp"

#include "config/files.hpp"
#include "config/yaml_text.hpp"
#include "core/file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::string_view installed_templates = "/usr/share/thidua";
constexpr std::string_view record = "tthc";  // as the campaign's file names them
constexpr std::string_view platform = "payments";

/// Asked where nobody said what to ask.
const std::pair<std::string_view, const char*> usual_sources[] = {
    {"dossiers", "igate-dossiers:https://igate.example.vn"},
    {"payments", "payment-platform:https://payment-platform.example.vn"},
};

struct NewSource {
    std::string name;
    std::string preset;
    std::string base_url;
    std::string kind;
    std::vector<std::string> needs;
};

void replace_all(std::string& text, const std::string& mark, const std::string& by) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
        text.replace(at, mark.size(), by);
    }
}

/// An installed package has presets beside the rest, a source tree below connectors/.
std::filesystem::path presets_below(const std::filesystem::path& templates) {
    std::error_code error;
    const auto beside = templates / "presets";
    return std::filesystem::exists(beside, error)
               ? beside
               : (templates / "../connectors/presets").lexically_normal();
}

std::string kind_of_preset(const std::string& preset) {
    const std::string mark = "\nkind: ";
    const auto at = preset.find(mark);
    const auto begin = at == std::string::npos ? preset.size() : at + mark.size();
    return preset.substr(begin, preset.find('\n', begin) - begin);
}

Result<NewSource> read_source(const std::string& text, const std::filesystem::path& templates) {
    const auto colon = text.find(':');
    NewSource source;
    source.preset = text.substr(0, colon);
    source.base_url = colon == std::string::npos ? "" : text.substr(colon + 1);
    const bool is_name = config::is_id(source.preset);
    const auto file = presets_below(templates) / (source.preset + ".yaml");
    const auto preset = is_name ? read_file(file, config::file_bytes_max) : Result<std::string>();
    if (!is_name || !preset || (source.base_url.empty() && source.preset != "file-drop")) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "init: --source {}: must be PRESET:BASE_URL with a preset of {}, such as {}",
                text,
                presets_below(templates).string(),
                usual_sources[0].second
            )
        );
    }
    source.kind = kind_of_preset(*preset);
    source.needs = needs_of_preset(*preset);
    return source;
}

/// The campaign's file counts by two names; the others are called like their presets.
void name_sources(std::vector<NewSource>& sources) {
    for (NewSource& source : sources) {
        const std::string_view wanted = source.kind == "dossiers"   ? record
                                        : source.kind == "payments" ? platform
                                                                    : "";
        const bool is_free = !wanted.empty() &&
                             std::ranges::find(sources, wanted, &NewSource::name) == sources.end();
        source.name = is_free ? wanted : source.preset;
        for (int number = 2; std::ranges::count(sources, source.name, &NewSource::name) > 1;
             ++number) {
            source.name = fmt::format("{}-{}", source.preset, number);
        }
    }
}

Result<std::vector<NewSource>> sources_of(const Starting& starting) {
    std::vector<NewSource> sources;
    for (const std::string& text : starting.sources) {
        auto source = read_source(text, starting.templates);
        if (!source) {
            return std::unexpected(source.error());
        }
        sources.push_back(*std::move(source));
    }
    for (const auto& [kind, usual] : usual_sources) {
        if (std::ranges::find(sources, kind, &NewSource::kind) == sources.end()) {
            auto source = read_source(usual, starting.templates);
            if (!source) {
                return std::unexpected(source.error());
            }
            sources.push_back(*std::move(source));
        }
    }
    name_sources(sources);
    return sources;
}

/// What is written for a key that a preset needs.
std::string value_for(const std::string& key, const NewSource& source) {
    if (key.ends_with("_file")) {
        return "secrets/" + source.name;
    }
    if (key == "for_each.source") {
        return std::string(record);
    }
    return key == "auth.username" || key == "auth.client_id" ? "thidua" : std::string(placeholder);
}

std::string source_yaml(const NewSource& source, FirstConfiguration& made) {
    std::string yaml = fmt::format("  {}:\n    preset: {}\n", source.name, source.preset);
    if (!source.base_url.empty()) {
        yaml += fmt::format("    base_url: {}\n", config::double_quoted(source.base_url));
    }
    std::map<std::string, std::vector<std::string>> groups;
    for (const std::string& key : source.needs) {
        const auto dot = key.find('.');
        const std::string value = value_for(key, source);
        groups[key.substr(0, dot)].push_back(fmt::format("{}: {}", key.substr(dot + 1), value));
        if (key.ends_with("_file")) {
            made.secrets.push_back(value);
        }
        made.has_placeholders = made.has_placeholders || value == placeholder;
    }
    for (const auto& [group, pairs] : groups) {
        yaml += fmt::format("    {}: {{{}}}\n", group, fmt::join(pairs, ", "));
    }
    made.has_placeholders = made.has_placeholders || source.base_url.contains("example.vn");
    return yaml +
           fmt::format("    schedule: {{at: \"{}\"}}\n", source.name == record ? "05:00" : "05:30");
}

std::string smtp_yaml(const Starting& starting) {
    if (starting.relay.empty()) {
        return "# The mail relay. Without it reports are filed and not sent.\n"
               "#smtp:\n#  smarthost: relay.example.vn:587\n#  from: thidua@example.vn\n";
    }
    return fmt::format(
        "# The mail relay.\nsmtp:\n  smarthost: {}\n  from: {}\n"
        "  #auth_username: thidua\n  #auth_password_file: secrets/smtp\n"
        "  require_tls: true   # STARTTLS, or nothing is sent\n",
        config::double_quoted(starting.relay),
        config::double_quoted(starting.from)
    );
}

std::string recipients_yaml(const Starting& starting) {
    if (starting.relay.empty() || starting.to.empty()) {
        return "    #recipients:   # they need smtp:\n"
               "    #  - {id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}\n";
    }
    std::string yaml = "    recipients:   # `name` is as it stands in Nơi nhận\n";
    for (std::size_t at = 0; at < starting.to.size(); ++at) {
        const std::string& address = starting.to[at];
        const std::string local = address.substr(0, address.find('@'));
        const std::string id = config::is_id(local) ? local : fmt::format("nguoi-nhan-{}", at + 1);
        yaml += fmt::format(
            "      - {{id: {}, name: {}, address: {}}}\n",
            id,
            config::double_quoted(local),
            config::double_quoted(address)
        );
    }
    return yaml;
}

/// The files that the root file names, as they are in the templates.
Result<void> add_templates(const Starting& starting, FirstConfiguration& made) {
    std::vector<std::string> names{
        "campaigns/langson-2024.yaml",
        "procedures/so-tnmt-langson.yaml",
        "calendars/vietnam-2024-2025.yaml"};
    if (starting.organisation.empty()) {
        names.emplace_back("organisations/so-tnmt-langson.yaml");
    } else {
        auto text = read_file(starting.organisation, config::file_bytes_max);
        if (!text) {
            return std::unexpected(text.error());
        }
        const auto name = std::filesystem::path(starting.organisation).filename();
        made.files.push_back({std::filesystem::path("organisations") / name, *std::move(text)});
    }
    for (const std::string& name : names) {
        auto text = read_file(starting.templates / name, config::file_bytes_max);
        if (!text) {
            return std::unexpected(text.error());
        }
        made.files.push_back({name, *std::move(text)});
    }
    return {};
}

}  // namespace

std::vector<std::string> needs_of_preset(const std::string& preset) {
    std::vector<std::string> needs;
    const std::string mark = "# Needs: ";
    const auto at = preset.find(mark);
    if (at == std::string::npos) {
        return needs;
    }
    std::string word;
    for (const char letter : preset.substr(at + mark.size())) {
        if ((letter >= 'a' && letter <= 'z') || letter == '_' || letter == '.') {
            word += letter;
            continue;
        }
        if (word.contains('.') && !word.ends_with('.')) {
            needs.push_back(word);
        }
        if (letter == ';' || word.ends_with('.')) {
            break;
        }
        word.clear();
    }
    return needs;
}

Result<FirstConfiguration> first_configuration(const Starting& starting) {
    if (starting.relay.empty() != starting.from.empty()) {
        return fail(ErrorKind::Usage, "init: --relay and --from go together");
    }
    auto text = read_file(starting.templates / "example/init.yaml.in", config::file_bytes_max);
    const auto sources = sources_of(starting);
    if (!text || !sources) {
        return std::unexpected(text ? sources.error() : text.error());
    }
    FirstConfiguration made;
    std::string sources_yaml;
    for (const NewSource& source : *sources) {
        sources_yaml += (sources_yaml.empty() ? "" : "\n") + source_yaml(source, made);
    }
    const auto organisation = std::filesystem::path(starting.organisation).filename().string();
    const auto presets = std::filesystem::absolute(presets_below(starting.templates));
    const bool is_installed = starting.templates == installed_templates;
    replace_all(
        *text,
        "@START@",
        starting.start ? "start: " + to_text(*starting.start) : "#start: 2024-06-.."
    );
    replace_all(
        *text, "@ORGANISATION@", organisation.empty() ? "so-tnmt-langson.yaml" : organisation
    );
    replace_all(
        *text,
        "@PRESETS@",
        is_installed ? ""
                     : "# Where presets are; left out, those of the package.\npresets: " +
                           config::double_quoted(presets.string()) + "\n"
    );
    replace_all(*text, "@SOURCES@\n", sources_yaml);
    replace_all(*text, "@SMTP@\n", "\n" + smtp_yaml(starting) + "\n");
    replace_all(*text, "@RECIPIENTS@\n", recipients_yaml(starting));
    made.files.push_back({"thidua.yaml", *std::move(text)});
    auto added = add_templates(starting, made);
    return added ? Result<FirstConfiguration>(std::move(made)) : std::unexpected(added.error());
}

}  // namespace thidua::daemon
