// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the table of all configuration keys is made of. The loader holds its readers to this table
// (config/yaml.hpp), and the reference, the JSON Schema and `config show` are made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::config::keys {

struct Key;
struct KeyMap;

/// What may stand at a place of a configuration file.
struct Type {
    enum class Kind {
        Text,     ///< any scalar; `pattern` and `what` say more
        Integer,  ///< from `min` to `max`
        Boolean,
        Share,
        Day,
        Instant,
        Duration,
        Bytes,
        TimeOfDay,
        Path,         ///< of a file that is read: relative to the file that names it
        SecretFile,   ///< the same, of a file that holds a secret
        WrittenPath,  ///< of what the program writes: relative to `state_directory`
        File,         ///< path of a YAML file that is a `map`
        Choice,       ///< one of `words`
        List,         ///< of `item`
        Map,          ///< with the keys of `map`
        Free,         ///< a map whose keys are people's own (`what`), with an `item` each
        Either,       ///< `item` or `other`
    };
    Kind kind = Kind::Text;
    std::string_view what = {};     ///< in words; Text and Free
    std::string_view pattern = {};  ///< regular expression of a JSON Schema; Text
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::string_view words = {};  ///< separated by "|"
    const KeyMap* map = nullptr;
    const Type* item = nullptr;
    const Type* other = nullptr;
    bool is_private = false;  ///< `config show --redacted` leaves it out
};

/// Whether a key must be there, and what counts where it is left out.
struct Presence {
    enum class Kind {
        Required,
        Optional,  ///< left out, it is as if nothing of the kind were wanted
        Default,   ///< left out, it is as if it were `value`
        Depends,   ///< what is in `words` decides
    };
    Kind kind = Kind::Optional;
    std::string_view value = {};  ///< as it would be written
    std::string_view words = {};
    /// The key goes only with this other one of its map, at one of these words ("|"); empty: any.
    std::string_view with_key = {};
    std::string_view with_words = {};
};

/// A key of a map.
struct Key {
    std::string_view name;
    Type type;
    Presence presence;
    std::string_view meaning;       ///< a sentence
    std::string_view example = {};  ///< as it would be written; empty: none is needed
};

/// What a map may be laid over: a file that one of its keys names has what is missing here.
struct LaidOver {
    std::string_view key = {};  ///< empty: nothing
    bool is_required = false;
};

/// A map of configuration, as a section of the reference.
struct KeyMap {
    std::string_view name;     ///< kebab-case, as the schema and links call it
    std::string_view where;    ///< how one comes to it: "smtp", "sources: NAME: auth"
    std::string_view meaning;  ///< sentences
    std::span<const Key> keys;
    std::string_view example = {};  ///< YAML
    const KeyMap* also =
        nullptr;  ///< has the keys of that one too, unless a key of `keys` says else
    LaidOver laid_over = {};
};

/// The key of that name; null if the map has none.
[[nodiscard]] const Key* find_key(const KeyMap& map, std::string_view name);

/// All keys, those of `also` behind its own.
[[nodiscard]] std::vector<const Key*> all_keys(const KeyMap& map);

/// "a|b" as a list.
[[nodiscard]] std::vector<std::string> words_in(std::string_view list);

/// Ends the process, naming the key and what to do: the table and a reader disagree.
[[noreturn]] void disown(const std::string& key, const std::string& disagreement);

// How the tables below are written.

inline constexpr Presence must{.kind = Presence::Kind::Required};
inline constexpr Presence may{.kind = Presence::Kind::Optional};

constexpr Presence default_is(std::string_view value) {
    return {.kind = Presence::Kind::Default, .value = value};
}

constexpr Presence depends(std::string_view words) {
    return {.kind = Presence::Kind::Depends, .words = words};
}

/// The same, but only where `key` is one of `words`.
constexpr Presence with(std::string_view key, std::string_view words, Presence presence) {
    presence.with_key = key;
    presence.with_words = words;
    return presence;
}

constexpr Type integer(std::int64_t min, std::int64_t max) {
    return {.kind = Type::Kind::Integer, .min = min, .max = max};
}

constexpr Type choice(std::string_view words) {
    return {.kind = Type::Kind::Choice, .words = words};
}

constexpr Type map_of(const KeyMap& map) {
    return {.kind = Type::Kind::Map, .map = &map};
}

constexpr Type file_of(const KeyMap& map) {
    return {.kind = Type::Kind::File, .map = &map};
}

constexpr Type list_of(const Type& item) {
    return {.kind = Type::Kind::List, .item = &item};
}
Type list_of(const Type&&) = delete;

/// A map whose keys are `names`, in words.
constexpr Type free_map(std::string_view names, const Type& item) {
    return {.kind = Type::Kind::Free, .what = names, .item = &item};
}
Type free_map(std::string_view names, const Type&&) = delete;

constexpr Type either(const Type& one, const Type& other) {
    return {.kind = Type::Kind::Either, .item = &one, .other = &other};
}
Type either(const Type&&, const Type&) = delete;
Type either(const Type&, const Type&&) = delete;
Type either(const Type&&, const Type&&) = delete;

constexpr Type text_of(std::string_view what, std::string_view pattern = {}) {
    return {.kind = Type::Kind::Text, .what = what, .pattern = pattern};
}

/// Tells of a person or may hold a secret.
constexpr Type private_of(Type type) {
    type.is_private = true;
    return type;
}

inline constexpr Type text = text_of("text");
inline constexpr Type verbatim = text_of("text, as it stands");
inline constexpr Type private_text = private_of(text);
inline constexpr Type private_verbatim = private_of(verbatim);
inline constexpr Type id = text_of("id", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$");
inline constexpr Type address = private_of(text_of("mail address", "^[^@\\s]+@[^@\\s]+$"));
inline constexpr Type host = text_of("host name", "^[A-Za-z0-9.-]+$");
inline constexpr Type pointer = text_of("JSON pointer", "^(/.*)?$");
inline constexpr Type unit_code = text_of("code of a unit");
inline constexpr Type source_name = text_of("name of a source");
inline constexpr Type body_id = text_of("id of a body");
inline constexpr Type indicator_id = text_of("id of an indicator");
inline constexpr Type boolean{.kind = Type::Kind::Boolean};
inline constexpr Type share{.kind = Type::Kind::Share};
inline constexpr Type day{.kind = Type::Kind::Day};
inline constexpr Type instant{.kind = Type::Kind::Instant};
inline constexpr Type duration{.kind = Type::Kind::Duration};
inline constexpr Type bytes{.kind = Type::Kind::Bytes};
inline constexpr Type time_of_day{.kind = Type::Kind::TimeOfDay};
inline constexpr Type path{.kind = Type::Kind::Path};
inline constexpr Type secret_file{.kind = Type::Kind::SecretFile};
inline constexpr Type written_path{.kind = Type::Kind::WrittenPath};
inline constexpr Type texts = list_of(text);
inline constexpr Type verbatims = list_of(verbatim);
inline constexpr Type one_or_more = either(verbatim, verbatims);
inline constexpr Type pointer_list = list_of(pointer);
inline constexpr Type one_or_more_pointers = either(pointer, pointer_list);
inline constexpr Type version = integer(1, 1);

}  // namespace thidua::config::keys
