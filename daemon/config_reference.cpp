// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/config_reference.hpp"

#include "config/keys/maps.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

namespace thidua::daemon {
namespace {

using config::keys::Key;
using config::keys::KeyMap;
using config::keys::Presence;
using config::keys::Type;

constexpr std::string_view rules_of_files = R"(# Configuration

Every key of every file. This page is made from the table that the program itself checks files by: `thidua config reference > docs/configuration.md` renews it. Why things are as they are, with longer examples, is told in [config/README.md](../config/README.md).

- **Start** with `thidua init`, which asks what is the agency's own and writes a commented configuration.
- **Check** with `thidua validate`: all mistakes at once, each as `file:line:column: key: value given: what is allowed`; offline. `--strict` takes warnings for mistakes, `--no-environment` looks at no font, secret or folder, `--online` asks sources and relay.
- **See what counts** with `thidua config show --origin`: each value with the line it comes from, or `default`. `--redacted` leaves out people, users and whatever sources are sent, for those one asks for help. No secret is shown in either.
- **Write with an editor's help**: `thidua config schema > thidua.schema.json` is a JSON Schema; with the YAML extension of VS Code and others, `# yaml-language-server: $schema=thidua.schema.json` as the first line of a file makes it complete and explain keys. `--of campaign` and so on for the other files.

## Rules

- **Files.** The root file is `/etc/thidua/thidua.yaml` unless `--config` names another one. It names the others. All are YAML 1.2, UTF-8, at most 1 MiB, without anchors, aliases and tags. An unknown key is a mistake, and so is a key that stands twice.
- **Drop-ins.** `thidua.d/*.yaml` beside the root file are laid over it in the order of their names.
- **Laying over.** Root file over nothing, drop-ins over the root file, a source over its `preset`, `campaign:` over the file it names. Maps are merged key by key; everything else is replaced, lists too.
- **Paths.** What is read is relative to the folder of the file that names it. What the program writes (`store.path`, `file_to`, `folder`, `operator.file`) is relative to `state_directory`.
- **Secrets** are never written into these files: a key that ends in `_file` names a file of one line that only the service can read. Under systemd, `LoadCredential=` puts such files into `/run/credentials/thidua.service/`.
- **Durations** are `500ms`, `30s`, `5m`, `1h`, `7d`. **Sizes** are `512KiB`, `256MiB`, `2GiB`. **Shares** are `45%` or `9/20`, never a bare number. **Days** are `2024-06-07`, **times of day** `"07:30"`, **instants** `2025-01-01T00:30:00+07:00`.
- **Ids** are small letters, digits and single hyphens, such as `giam-doc`, at most 64.
)";

std::string link_to(const KeyMap& map) {
    return fmt::format("[{}](#{})", map.name, map.name);
}

std::string kind_text(const Type& type) {
    switch (type.kind) {
        case Type::Kind::Text:
            return std::string(type.what);
        case Type::Kind::Integer:
            return type.min == type.max ? fmt::format("{}", type.min)
                                        : fmt::format("{} to {}", type.min, type.max);
        case Type::Kind::Boolean:
            return "true or false";
        case Type::Kind::Share:
            return "share";
        case Type::Kind::Day:
            return "day";
        case Type::Kind::Instant:
            return "instant";
        case Type::Kind::Duration:
            return "duration";
        case Type::Kind::Bytes:
            return "size";
        case Type::Kind::TimeOfDay:
            return "time of day";
        case Type::Kind::Path:
            return "path";
        case Type::Kind::SecretFile:
            return "path of a secret";
        case Type::Kind::WrittenPath:
            return "path, written";
        case Type::Kind::File:
            return "path of " + link_to(*type.map);
        case Type::Kind::Choice:
            return fmt::format("`{}`", fmt::join(config::keys::words_in(type.words), "`, `"));
        case Type::Kind::List:
            return "list of " + kind_text(*type.item);
        case Type::Kind::Map:
            return link_to(*type.map);
        case Type::Kind::Free:
            return fmt::format("map from {} to {}", type.what, kind_text(*type.item));
        case Type::Kind::Either:
            return kind_text(*type.item) + ", or " + kind_text(*type.other);
    }
    return "";
}

std::string presence_text(const Presence& presence) {
    switch (presence.kind) {
        case Presence::Kind::Required:
            return "required";
        case Presence::Kind::Optional:
            return "–";
        case Presence::Kind::Default:
            return presence.value == "{}" ? "see there" : fmt::format("`{}`", presence.value);
        case Presence::Kind::Depends:
            return std::string(presence.words);
    }
    return "";
}

/// Which other key it goes with, as a beginning of its meaning.
std::string companion_text(const Presence& presence) {
    if (presence.with_key.empty()) {
        return "";
    }
    const auto words = config::keys::words_in(presence.with_words);
    return words.empty()
               ? fmt::format("With `{}`: ", presence.with_key)
               : fmt::format("With `{}: {}`: ", presence.with_key, fmt::join(words, "` or `"));
}

/// "|" would end a cell.
std::string in_cell(std::string text) {
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
        text.insert(at, "\\");
    }
    return text;
}

std::string row_text(const Key& key) {
    std::string meaning = companion_text(key.presence) + std::string(key.meaning);
    if (!key.example.empty()) {
        meaning += fmt::format(" Example: `{}`", key.example);
    }
    return fmt::format(
        "| `{}` | {} | {} | {} |\n",
        key.name,
        in_cell(kind_text(key.type)),
        in_cell(presence_text(key.presence)),
        in_cell(std::move(meaning))
    );
}

std::string section_text(const KeyMap& map) {
    std::string text =
        fmt::format("\n### {}\n\nWhere: {}\n\n{}\n", map.name, map.where, map.meaning);
    if (map.also) {
        text += fmt::format("\nAll keys of {}, and:\n", link_to(*map.also));
    }
    text += "\n| key | what it is | left out | what it means |\n|---|---|---|---|\n";
    for (const Key& key : map.keys) {
        text += row_text(key);
    }
    if (!map.example.empty()) {
        text += fmt::format("\n```yaml\n{}\n```\n", map.example);
    }
    return text;
}

}  // namespace

std::string config_reference() {
    std::string page(rules_of_files);
    page += "\n## Keys\n";
    for (const KeyMap* map : config::keys::all_maps()) {
        page += section_text(*map);
    }
    return page;
}

}  // namespace thidua::daemon
