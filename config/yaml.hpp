// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A strict reader over yaml-cpp, which never leaves this room: it takes "010" for 8, keeps the
// first of two equal keys and hides a bad value behind a fallback. Here nothing is converted until
// somebody asks for a type, and whatever is wrong is reported with its place; no call throws.
//
//     Problems problems;
//     const Place place = problems.add_file("thidua.yaml");
//     std::optional<Value> file = parse_yaml(text, place, problems);  // syntax, size, duplicates
//     Value value = overlay(*preset, *file);                   // the file's keys over the preset's
//     Node node(value, "sources.tthc", problems);
//     Retry retry;                                             // the visible defaults
//     Node keys = node.optional("retry");                      // false where it is left out
//     retry.max_attempts = keys.optional("max_attempts").number_or<int>(1, 20, retry.max_attempts);
//     retry.deadline = keys.optional("deadline").duration_or(retry.deadline);
//     keys.finish();                                           // unknown keys of `retry`
//     source.base_url = node.required("base_url").text();      // a problem where it is left out
//     source.kind = node.required("kind").one_of<RecordKind>({{"dossiers", RecordKind::Dossiers},
//                                                             {"payments", RecordKind::Payments}});
//     node.finish();                                           // unknown keys, "did you mean"
//     if (problems.empty()) { use(source); }
#pragma once

#include "config/keys/key.hpp"
#include "config/problem.hpp"
#include "core/ratio.hpp"
#include "core/time.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::config {

struct Entry;

/// A YAML value as it is written, with its place.
struct Value {
    enum class Kind {
        Null,    ///< nothing after the colon, ~ or null
        Scalar,  ///< any text, number, day ...
        List,
        Map,
        Broken,  ///< already reported: reading it says nothing more
    };
    Kind kind = Kind::Null;
    Place place = {};
    std::string text = {};  ///< Scalar, without its quotes
    bool quoted = false;    ///< Scalar in quotes or as a block
    std::vector<Value> items;
    std::vector<Entry> entries;  ///< Map, in the order they are written, each key once
};

struct Entry {
    std::string key;
    Place place;  ///< of the key
    Value value;
};

/// The largest configuration file that is read.
inline constexpr std::uintmax_t file_bytes_max = 1024 * 1024;  // the largest of ours has 100 KiB

/// Parses one YAML document of a file registered as `file`. Reported, and nothing returned: no
/// YAML, not UTF-8, control characters, over 1 MiB, deeper than 16, more than 100,000 values, no
/// document or more than one. Reported, and the rest returned: duplicate keys, keys that are not
/// text, anchors, aliases, tags.
[[nodiscard]] std::optional<Value> parse_yaml(
    std::string_view text, const Place& file, Problems& problems
);

/// `over` laid over `under`: maps are merged key by key, everything else is replaced, lists too.
/// Every value keeps the place where it was written; a merged map has the place in `over`.
[[nodiscard]] Value overlay(Value under, Value over);

/// A value with the dotted path by which messages name it, and the collector they go to.
///
/// A Node may be absent: false, all its accessors give an empty value or the fallback and report
/// nothing, and what is below it is absent too. A value that is there but wrong is always
/// reported, whatever the fallback; then the accessor gives an empty value.
/// Keeps a pointer to the Value and to the Problems: both must outlive it.
///
/// A Node that begins at a map of config/keys/ is held to that table, and all below it are: asking
/// for a key that is not in it, as another type, with another range, choice or default ends the
/// process, and so does a table with a key that nobody asks for. Whoever changes the one without
/// the other so learns it from the first test that loads a file, even one that leaves the key out.
class Node {
  public:
    /// A value that no table tells of: only for tests of what reads a part of a file.
    Node(const Value& value, std::string key, Problems& problems);
    /// A value that is of `type`, which must outlive it: keys::root_file(), for example.
    Node(const Value& value, const keys::Type& type, std::string key, Problems& problems);

    /// The same place of the same file with `value` instead, such as after overlay().
    [[nodiscard]] Node with(const Value& value) const;
    /// The content of the file that this text names.
    [[nodiscard]] Node content(const Value& value) const;

    /// True if the value is there. `key:` with nothing after it is there, and no accessor takes it.
    explicit operator bool() const { return value_ != nullptr; }
    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] Place place() const;
    [[nodiscard]] Problems& problems() const { return *problems_; }
    /// The value itself, for overlay(); null if it is absent.
    [[nodiscard]] const Value* value() const { return value_; }
    [[nodiscard]] bool is_map() const;
    [[nodiscard]] bool is_list() const;
    [[nodiscard]] bool is_scalar() const;

    // Maps with known keys. Asking for a key makes it known to finish().

    /// The value of `key`; a missing one is reported and gives an absent Node.
    [[nodiscard]] Node required(std::string_view key);
    /// The same, and `remedy` tells what to do about a missing key.
    [[nodiscard]] Node required(std::string_view key, std::string_view remedy);
    /// The value of `key`, absent if it is left out.
    [[nodiscard]] Node optional(std::string_view key);
    /// Reports every key that nobody asked for. Call it once for each map, after the last key.
    void finish() const;

    // Maps with free keys, lists.

    /// Keys and values of a map whose keys are people's own, as they are written.
    [[nodiscard]] std::vector<std::pair<std::string, Node>> entries() const;
    /// The same, and every key must be an id(); others are reported and left out.
    [[nodiscard]] std::vector<std::pair<std::string, Node>> entries_by_id() const;
    [[nodiscard]] std::vector<Node> items() const;
    /// A list of text().
    [[nodiscard]] std::vector<std::string> texts() const;

    // Scalars.

    /// Text for people or a code, in one line: NFC, trimmed, not empty, no control character.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string text_or(std::string fallback) const;
    /// Text byte for byte, perhaps empty: templates, separators, a source's own words.
    [[nodiscard]] std::string raw() const;
    [[nodiscard]] std::string raw_or(std::string fallback) const;
    /// Letters a to z, digits and single hyphens, beginning with a letter, at most 64.
    [[nodiscard]] std::string id() const;
    /// A whole number without quotes, leading zeros or a plus sign, from `min` to `max`.
    [[nodiscard]] std::int64_t integer(std::int64_t min, std::int64_t max) const;
    /// The same as type T, whose range must hold `min` to `max`.
    template <class T>
    [[nodiscard]] T number(std::int64_t min, std::int64_t max) const;
    template <class T>
    [[nodiscard]] T number_or(std::int64_t min, std::int64_t max, T fallback) const;
    /// true or false, without quotes.
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] bool boolean_or(bool fallback) const;
    /// 45% or 9/20, never a bare 45.
    [[nodiscard]] Share share() const;
    [[nodiscard]] Share share_or(Share fallback) const;
    /// 2024-06-07
    [[nodiscard]] Day day() const;
    /// 2025-01-01T00:30:00+07:00
    [[nodiscard]] Instant instant() const;
    /// 500ms, 30s, 5m, 1h, 7d
    [[nodiscard]] std::chrono::milliseconds duration() const;
    [[nodiscard]] std::chrono::milliseconds duration_or(std::chrono::milliseconds fallback) const;
    /// 256MiB, 2GiB, 512KiB; 0MiB for none
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] std::uint64_t bytes_or(std::uint64_t fallback) const;
    /// 07:30, from 00:00 to 23:59, as minutes after midnight.
    [[nodiscard]] std::chrono::minutes time_of_day() const;
    /// A path; a relative one is relative to the folder of the file in which it is written. Of a
    /// key
    /// *_file, "credential:smtp" is the file smtp in the folder of the unit's credentials.
    [[nodiscard]] std::filesystem::path path() const;
    /// The same, but a relative one is relative to `folder`.
    [[nodiscard]] std::filesystem::path path_in(const std::filesystem::path& folder) const;
    /// A text that is one of `names`, such as the ids of bodies; `what` is "the id of a body".
    [[nodiscard]] std::string reference(
        std::string_view what, const std::vector<std::string>& names
    ) const;
    /// One of a closed set of words.
    template <class T>
    [[nodiscard]] T one_of(std::initializer_list<std::pair<std::string_view, T>> words) const;
    template <class T>
    [[nodiscard]] T one_of_or(
        std::initializer_list<std::pair<std::string_view, T>> words, T fallback
    ) const;

    // Reporting what only the caller knows. Both do nothing on an absent Node.

    /// "value given: must be allowed", where `allowed` is a noun phrase. Never for a secret.
    void refuse(std::string_view allowed) const;
    /// A sentence of one's own.
    void report(std::string message) const;
    /// A sentence about what is no mistake, but hardly what somebody meant.
    void warn(std::string message) const;

  private:
    Node(const Value* value, std::string key, Problems* problems, const keys::Type* type);
    [[nodiscard]] Node child(std::string_view key);
    [[nodiscard]] Node below(const Value& value, std::string key) const;
    /// Holds the accessor that reads a value of this kind to the table: the part of the type that
    /// is read so; null without a table.
    [[nodiscard]] const keys::Type* read_as(std::initializer_list<keys::Type::Kind> kinds) const;
    void check_range(std::int64_t min, std::int64_t max) const;
    void check_required() const;
    void check_words(const std::vector<std::string_view>& words) const;
    /// What the table gives as the default, as if it were written; nothing where it cannot be
    /// compared with a fallback.
    [[nodiscard]] std::optional<Value> table_default() const;
    [[nodiscard]] bool is_optional() const {
        return known_ && known_->presence.kind == keys::Presence::Kind::Optional;
    }
    /// `fallback`, which must be what `read` makes of the table's default.
    template <class T, class Read>
    [[nodiscard]] T absent(T fallback, Read read) const;
    [[nodiscard]] bool is(Value::Kind kind, std::string_view allowed) const;
    [[nodiscard]] std::filesystem::path credential() const;
    [[nodiscard]] const std::string* scalar(std::string_view allowed) const;
    [[nodiscard]] std::filesystem::path path_below(const std::filesystem::path& folder) const;
    [[nodiscard]] std::optional<std::size_t> word(const std::vector<std::string_view>& words) const;

    const Value* value_;
    std::string key_;
    Problems* problems_;
    std::vector<std::string> asked_;
    std::vector<std::string> required_;
    const keys::Type* type_ = nullptr;
    const keys::Key* known_ = nullptr;
};

/// True for what Node::id() takes, which `id_allowed` says in words.
[[nodiscard]] bool is_id(std::string_view text);
inline constexpr std::string_view id_allowed =
    "an id of small letters a-z, digits and single hyphens, such as giam-doc";

/// How a message shows a value: "text" on one line, cut at 60 characters, or "a list", "a map".
[[nodiscard]] std::string shown(std::string_view text);

/// "; did you mean "x"?" if one of `candidates` is near `given`, else nothing.
[[nodiscard]] std::string did_you_mean(
    std::string_view given, const std::vector<std::string>& candidates
);

/// "a", "b" and "c" as a message lists what is allowed: `"a", "b", "c"`.
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

template <class T>
T Node::number(std::int64_t min, std::int64_t max) const {
    return static_cast<T>(integer(min, max));
}

template <class T>
T Node::number_or(std::int64_t min, std::int64_t max, T fallback) const {
    const auto read = [&](const Node& node) { return node.number<T>(min, max); };
    return *this ? read(*this) : absent(fallback, read);
}

template <class T>
T Node::one_of(std::initializer_list<std::pair<std::string_view, T>> words) const {
    std::vector<std::string_view> names;
    for (const auto& [name, meaning] : words) {
        names.push_back(name);
    }
    const auto index = word(names);
    return index ? (words.begin() + *index)->second : T{};
}

template <class T>
T Node::one_of_or(std::initializer_list<std::pair<std::string_view, T>> words, T fallback) const {
    const auto read = [&](const Node& node) { return node.one_of<T>(words); };
    return *this ? read(*this) : absent(std::move(fallback), read);
}

template <class T, class Read>
T Node::absent(T fallback, Read read) const {
    const auto written = table_default();
    if (!written) {
        if (is_optional() && !(fallback == T{})) {
            keys::disown(key_, "it has a default that the table does not tell");
        }
        return fallback;
    }
    Problems scratch;
    const Node node(&*written, key_, &scratch, type_);
    if (!(read(node) == fallback) || !scratch.empty()) {
        keys::disown(key_, "its default is not what the table says");
    }
    return fallback;
}

}  // namespace thidua::config
