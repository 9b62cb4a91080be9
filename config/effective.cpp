// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/effective.hpp"

#include "config/keys/maps.hpp"
#include "config/layers.hpp"
#include "config/root_file.hpp"
#include "config/yaml_text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace thidua::config {

namespace {

using keys::Type;

constexpr std::string_view redacted = "(redacted)";
constexpr int indentation = 2;

/// "{page}": what is sent stands elsewhere.
bool is_placeholder(std::string_view text) {
    return text.size() > 2 && text.starts_with('{') && text.ends_with('}') &&
           std::ranges::all_of(text.substr(1, text.size() - 2), [](char letter) {
               return (letter >= 'a' && letter <= 'z') || letter == '_';
           });
}

/// Replaces what `key` of a map is by what lies over and under it.
void replace_entry(Value& map, std::string_view key, std::optional<Value> value) {
    const auto entry = std::ranges::find(map.entries, key, &Entry::key);
    if (value && entry != map.entries.end()) {
        entry->value = *std::move(value);
    }
}

/// The root file's value with presets below its sources and the campaign's file below its part.
Value with_layers(const Value& written, Node root, Files& files) {
    Value whole = written;
    if (const Node campaign = root.optional("campaign"); campaign.is_map()) {
        replace_entry(whole, "campaign", over_campaign_file(campaign, files));
    }
    const auto presets = folder_of_presets(root);
    const auto sources = std::ranges::find(whole.entries, "sources", &Entry::key);
    for (const auto& [name, source] : root.optional("sources").entries()) {
        if (source.is_map()) {
            replace_entry(sources->value, name, over_preset(source, presets, files));
        }
    }
    return whole;
}

/// Makes what is shown of values that are of known types.
class Shower {
  public:
    Shower(Privacy privacy, std::filesystem::path state_directory)
        : privacy_(privacy), state_directory_(std::move(state_directory)) {}

    /// `type` is null for what the table does not know.
    [[nodiscard]] EffectiveValue shown_value(
        const Value& value, const Type* type, std::string key, std::string name
    ) {
        type = type ? alternative(*type, value) : nullptr;
        EffectiveValue made;
        made.key = std::move(key);
        made.name = std::move(name);
        if (value.place.line > 0) {
            made.file = *value.place.file;
            made.line = value.place.line;
            made.column = value.place.column;
        }
        made.type = type ? type->kind : made.type;
        switch (value.kind) {
            case Value::Kind::Map:
                made.kind = EffectiveValue::Kind::Map;
                add_entries(value, type, made);
                break;
            case Value::Kind::List:
                made.kind = EffectiveValue::Kind::List;
                for (const Value& item : value.items) {
                    const std::string number = "[" + std::to_string(made.below.size()) + "]";
                    made.below.push_back(
                        shown_value(item, type ? type->item : nullptr, made.key + number, "")
                    );
                }
                break;
            case Value::Kind::Scalar:
            case Value::Kind::Null:
            case Value::Kind::Broken:
                made.text = text_of(value, type);
                made.quoted = value.quoted || made.text == redacted;
                break;
        }
        return made;
    }

  private:
    static const Type* alternative(const Type& type, const Value& value) {
        if (type.kind != Type::Kind::Either) {
            return &type;
        }
        const bool is_first =
            value.kind == Value::Kind::Scalar ||
            (value.kind == Value::Kind::List && type.other->kind == Type::Kind::Map);
        return alternative(is_first ? *type.item : *type.other, value);
    }

    /// Whether a key goes with what else is in the map.
    static bool has_companion(const Value& map, const keys::Presence& presence) {
        const auto with = std::ranges::find(map.entries, presence.with_key, &Entry::key);
        const auto words = keys::words_in(presence.with_words);
        return presence.with_key.empty() ||
               (with != map.entries.end() &&
                (words.empty() || std::ranges::find(words, with->value.text) != words.end()));
    }

    void add_entries(const Value& map, const Type* type, EffectiveValue& made) {
        const auto path = [&](std::string_view name) {
            return made.key.empty() ? std::string(name) : made.key + "." + std::string(name);
        };
        const keys::KeyMap* known = type ? type->map : nullptr;
        for (const Entry& entry : map.entries) {
            const keys::Key* key = known ? keys::find_key(*known, entry.key) : nullptr;
            const Type* item = type && type->kind == Type::Kind::Free ? type->item : nullptr;
            made.below.push_back(
                shown_value(entry.value, key ? &key->type : item, path(entry.key), entry.key)
            );
        }
        for (const keys::Key* key :
             known ? keys::all_keys(*known) : std::vector<const keys::Key*>()) {
            const bool is_left_out =
                std::ranges::find(map.entries, key->name, &Entry::key) == map.entries.end();
            if (is_left_out && key->presence.kind == keys::Presence::Kind::Default &&
                has_companion(map, key->presence)) {
                made.below.push_back(shown_value(
                    value_of_default(*key), &key->type, path(key->name), std::string(key->name)
                ));
            }
        }
    }

    /// Values of it have no line.
    Value value_of_default(const keys::Key& key) {
        auto value = parse_yaml(key.presence.value, defaults_.add_file("default"), defaults_);
        check(value.has_value(), "Shower: defaults in the table are YAML");
        forget_lines(*value);
        return *std::move(value);
    }

    static void forget_lines(Value& value) {
        value.place.line = 0;
        for (Value& item : value.items) {
            forget_lines(item);
        }
        for (Entry& entry : value.entries) {
            forget_lines(entry.value);
        }
    }

    [[nodiscard]] std::string text_of(const Value& value, const Type* type) const {
        if (value.kind != Value::Kind::Scalar) {
            return "null";
        }
        if (privacy_ == Privacy::Redacted && (!type || type->is_private) &&
            !is_placeholder(value.text)) {
            return std::string(redacted);
        }
        const auto kind = type ? type->kind : Type::Kind::Text;
        if (kind == Type::Kind::WrittenPath) {
            return (state_directory_ / value.text).lexically_normal().string();
        }
        if (kind == Type::Kind::Path || kind == Type::Kind::SecretFile ||
            kind == Type::Kind::File) {
            const auto folder = std::filesystem::path(*value.place.file).parent_path();
            return std::filesystem::absolute(folder / value.text).lexically_normal().string();
        }
        return without_secrets(value.text);
    }

    Privacy privacy_;
    std::filesystem::path state_directory_;
    Problems defaults_;
};

std::string key_text(const std::string& key) {
    const bool is_plain = !key.empty() && std::ranges::all_of(key, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               letter == '_' || letter == '-' || letter == '/';
    });
    return is_plain ? key : double_quoted(key);
}

std::string scalar_text(const EffectiveValue& value) {
    const bool is_one_line = std::ranges::none_of(value.text, [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20;
    });
    return !value.quoted && is_one_line ? value.text : double_quoted(value.text);
}

/// Writes block style, one scalar a line, so that each has room for its origin.
class YamlWriter {
  public:
    explicit YamlWriter(Origins origins) : origins_(origins) {}

    void write(const EffectiveValue& value, int depth, bool is_in_list) {
        const std::string begin = value.name.empty() ? "" : key_text(value.name) + ":";
        if (value.kind == EffectiveValue::Kind::Scalar || value.below.empty()) {
            const bool is_list = value.kind == EffectiveValue::Kind::List;
            const bool is_scalar = value.kind == EffectiveValue::Kind::Scalar;
            const std::string text = is_scalar ? scalar_text(value) : is_list ? "[]" : "{}";
            line(depth, is_in_list, begin + (begin.empty() ? "" : " ") + text, origin_text(value));
            return;
        }
        if (!begin.empty()) {
            line(depth, is_in_list, begin, "");
            is_in_list = false;
        }
        const int below = begin.empty() ? depth : depth + indentation;
        for (const EffectiveValue& each : value.below) {
            if (each.name.empty()) {
                item(each, below);
            } else {
                write(each, below, std::exchange(is_in_list, false));
            }
        }
    }

    [[nodiscard]] std::string take() && { return std::move(yaml_); }

  private:
    /// A list within a list has no key to begin with.
    void item(const EffectiveValue& each, int depth) {
        if (each.kind == EffectiveValue::Kind::List && !each.below.empty()) {
            line(depth, true, "", "");
            write(each, depth + indentation, false);
        } else {
            write(each, depth + indentation, true);
        }
    }

    void line(int depth, bool is_in_list, const std::string& text, const std::string& origin) {
        if (is_in_list) {
            yaml_ += std::string(static_cast<std::size_t>(std::max(0, depth - indentation)), ' ');
            yaml_ += text.empty() ? "-" : "- ";
        } else {
            yaml_ += std::string(static_cast<std::size_t>(depth), ' ');
        }
        yaml_ += text;
        if (origins_ == Origins::Shown && !origin.empty()) {
            yaml_ += "  # " + origin;
        }
        yaml_ += '\n';
    }

    Origins origins_;
    std::string yaml_;
};

}  // namespace

std::string origin_text(const EffectiveValue& value) {
    return value.file.empty()
               ? "default"
               : value.file + ":" + std::to_string(value.line) + ":" + std::to_string(value.column);
}

std::string without_secrets(const std::string& text) {
    const auto scheme = text.find("://");
    if (scheme == std::string::npos || text.find_first_of(" \t\n") != std::string::npos) {
        return text;
    }
    const std::size_t begin = scheme + 3;
    std::string url = text;
    if (const auto query = url.find('?', begin); query != std::string::npos) {
        url = url.substr(0, query + 1) + std::string(redacted);
    }
    const auto end = std::min(url.find_first_of("/?", begin), url.size());
    const auto user = url.rfind('@', end);
    const auto colon = url.find(':', begin);
    if (user != std::string::npos && user > begin && colon < user) {  // a user alone is no secret
        url.replace(colon + 1, user - colon - 1, redacted);
    }
    return url;
}

std::expected<EffectiveValue, std::vector<Problem>> read_effective(
    const std::filesystem::path& file, Privacy privacy
) {
    Problems problems;
    Files files(problems);
    const auto written = read_root(file, files, problems);
    if (!written) {
        return std::unexpected(problems.sorted());
    }
    Node root(*written, keys::root_file(), "", problems);
    const auto state_directory = std::filesystem::absolute(state_directory_of(root));
    const Value whole = with_layers(*written, root, files);
    if (!problems.empty()) {
        return std::unexpected(problems.sorted());
    }
    return Shower(privacy, state_directory).shown_value(whole, &keys::root_file(), "", "");
}

std::string to_yaml(const EffectiveValue& root, Origins origins) {
    YamlWriter writer(origins);
    writer.write(root, 0, false);
    return std::move(writer).take();
}

}  // namespace thidua::config
