// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From bytes to Values, by yaml-cpp's events: its own node tree would already have lost the second
// of two equal keys, the quotes and the aliases.
#include "config/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace thidua::config {

namespace {

constexpr std::size_t depth_max = 16;        // an award's criteria reach 13
constexpr std::size_t values_max = 100'000;  // bounds memory at about 30 MB

/// Ends the parse from within one of yaml-cpp's callbacks; never leaves this file.
struct Refused {
    YAML::Mark mark;
    std::string message;
};

/// Places as people count them: lines and characters from 1, where yaml-cpp counts bytes from 0.
class Places {
  public:
    Places(std::string_view text, const Place& file) : text_(text), file_(file) {
        for (std::size_t at = 0; at != std::string_view::npos;) {
            lines_.push_back(at);
            at = text.find('\n', at);
            at = at == std::string_view::npos ? at : at + 1;
        }
    }

    [[nodiscard]] Place at(const YAML::Mark& mark) const {
        const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
        const auto column = static_cast<std::size_t>(std::max(mark.column, 0));
        return at(std::min(line, lines_.size() - 1), column);
    }

    [[nodiscard]] Place at_byte(std::size_t offset) const {
        const auto next = std::ranges::upper_bound(lines_, offset);
        const auto line = static_cast<std::size_t>(next - lines_.begin()) - 1;
        return at(line, offset - lines_[line]);
    }

  private:
    [[nodiscard]] Place at(std::size_t line, std::size_t column) const {
        column = std::min(column, text_.size() - lines_[line]);
        if (line != counted_.line || column < counted_.bytes) {
            counted_ = {.line = line, .bytes = 0, .characters = 0};
        }
        const auto between = text_.substr(lines_[line] + counted_.bytes, column - counted_.bytes);
        counted_.characters += std::ranges::count_if(between, [](char byte) {
            return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
        });
        counted_.bytes = column;
        Place place = file_;
        place.line = static_cast<int>(line) + 1;
        place.column = static_cast<int>(counted_.characters) + 1;
        return place;
    }

    /// How far the characters of a line are counted: without it, a file of one long line would
    /// take time by the square of its length.
    struct Counted {
        std::size_t line = 0;
        std::size_t bytes = 0;
        std::ptrdiff_t characters = 0;
    };

    std::string_view text_;
    Place file_;
    std::vector<std::size_t> lines_;
    mutable Counted counted_;
};

std::string join_key(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
}

Value begun(Value::Kind kind, const Place& place) {
    Value value;
    value.kind = kind;
    value.place = place;
    return value;
}

/// Builds the Value of one document.
class Builder : public YAML::EventHandler {
  public:
    Builder(const Places& places, Problems& problems) : places_(places), problems_(problems) {}

    [[nodiscard]] std::optional<Value> take() && { return std::move(root_); }
    [[nodiscard]] const YAML::Mark& start() const { return start_; }

    void OnDocumentStart(const YAML::Mark& mark) override { start_ = mark; }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Value value = begun(Value::Kind::Null, places_.at(mark));
        refuse_decoration(value, {}, anchor);
        add(std::move(value), mark);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        Value value = begun(Value::Kind::Broken, places_.at(mark));
        problems_.add(value.place, path(), "a YAML alias (*name): write the value out instead");
        add(std::move(value), mark);
    }

    void OnScalar(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        const std::string& text
    ) override {
        // yaml-cpp gives "?" as the tag of a plain scalar and "!" as that of a quoted one.
        Value value = begun(Value::Kind::Scalar, places_.at(mark));
        value.text = text;
        value.quoted = tag == "!";
        refuse_decoration(value, tag == "!" ? std::string() : tag, anchor);
        add(std::move(value), mark);
    }

    void OnSequenceStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value
    ) override {
        open(begun(Value::Kind::List, places_.at(mark)), tag, anchor, mark);
    }

    void OnMapStart(
        const YAML::Mark& mark,
        const std::string& tag,
        YAML::anchor_t anchor,
        YAML::EmitterStyle::value
    ) override {
        open(begun(Value::Kind::Map, places_.at(mark)), tag, anchor, mark);
    }

    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

  private:
    /// A list or map that is still open, and in a map the key that waits for its value.
    struct Frame {
        Value value;
        YAML::Mark mark;
        std::set<std::string> keys;
        std::optional<Value> key;
    };

    void open(Value value, const std::string& tag, YAML::anchor_t anchor, const YAML::Mark& mark) {
        if (open_.size() == depth_max) {
            throw Refused{mark, "nested deeper than " + std::to_string(depth_max) + " levels"};
        }
        refuse_decoration(value, tag, anchor);
        open_.push_back({.value = std::move(value), .mark = mark, .keys = {}, .key = {}});
    }

    void close() {
        Frame frame = std::move(open_.back());
        open_.pop_back();
        add(std::move(frame.value), frame.mark);
    }

    void add(Value value, const YAML::Mark& mark) {
        if (++count_ > values_max) {
            throw Refused{mark, "more than " + std::to_string(values_max) + " values"};
        }
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().value.kind == Value::Kind::List) {
            open_.back().value.items.push_back(std::move(value));
        } else if (!open_.back().key) {
            open_.back().key = std::move(value);
        } else {
            add_entry(open_.back(), std::move(value));
        }
    }

    void add_entry(Frame& frame, Value value) {
        const Value key = *std::move(frame.key);
        frame.key.reset();
        if (key.kind != Value::Kind::Scalar) {
            if (key.kind != Value::Kind::Broken) {
                problems_.add(key.place, path(), "a key must be a word, followed by a colon");
            }
            return;
        }
        if (!frame.keys.insert(key.text).second) {
            const auto& entries = frame.value.entries;
            const auto first = std::ranges::find(entries, key.text, &Entry::key);
            problems_.add(
                key.place,
                join_key(path(), key.text),
                "the same key twice: the first is in line " + std::to_string(first->place.line)
            );
            return;
        }
        // A list or map is named by its key: its own mark is that of its first element.
        if (value.kind != Value::Kind::Scalar) {
            value.place = key.place;
        }
        frame.value.entries.push_back({key.text, key.place, std::move(value)});
    }

    void refuse_decoration(Value& value, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) {
            problems_.add(
                value.place, path(), "a YAML anchor (&name): write the value out where it is used"
            );
        }
        if (!tag.empty() && tag != "?") {
            problems_.add(value.place, path(), "a YAML tag (!name): leave it out");
            value.kind = value.kind == Value::Kind::Scalar ? Value::Kind::Broken : value.kind;
        }
    }

    /// The dotted path of the value that is being read.
    [[nodiscard]] std::string path() const {
        std::string path;
        for (const Frame& frame : open_) {
            if (frame.value.kind == Value::Kind::List) {
                path += "[" + std::to_string(frame.value.items.size()) + "]";
            } else if (frame.key) {
                path = join_key(path, frame.key->text);
            }
        }
        return path;
    }

    const Places& places_;
    Problems& problems_;
    std::optional<Value> root_;
    YAML::Mark start_;
    std::vector<Frame> open_;
    std::size_t count_ = 0;
};

/// The length of the UTF-8 sequence that `text` begins with; 0 if it begins with none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t index) {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    for (std::size_t index = 1; index < length; ++index) {
        if ((byte(index) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    const bool is_overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool is_surrogate = lead == 0xED && byte(1) >= 0xA0;
    const bool is_beyond = lead == 0xF4 && byte(1) >= 0x90;
    return is_overlong || is_surrogate || is_beyond ? 0 : length;
}

/// yaml-cpp reads UTF-16 too, repairs broken UTF-8 silently and takes U+0004 for the end of the
/// file, after which nothing would be read: so the bytes are checked before it sees them.
bool has_good_characters(std::string_view text, const Places& places, Problems& problems) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) {
            problems.add(places.at_byte(at), "", "not UTF-8: save the file as UTF-8");
            return false;
        }
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
            problems.add(places.at_byte(at), "", "a control character: delete it");
            return false;
        }
        at += length;
    }
    return true;
}

}  // namespace

std::optional<Value> parse_yaml(std::string_view text, const Place& file, Problems& problems) {
    if (text.size() > file_bytes_max) {
        problems.add(file, "", "larger than 1 MiB: a configuration file is smaller");
        return std::nullopt;
    }
    const Places places(text, file);
    if (!has_good_characters(text, places, problems)) {
        return std::nullopt;
    }
    std::istringstream stream{std::string(text)};
    Builder document(places, problems);
    try {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(document)) {
            problems.add(file, "", "empty: begin with \"version: 1\"");
            return std::nullopt;
        }
        if (Builder second(places, problems); parser.HandleNextDocument(second)) {
            problems.add(
                places.at(second.start()), "", "a second YAML document (---): use a file for each"
            );
            return std::nullopt;
        }
    } catch (const Refused& refused) {
        problems.add(places.at(refused.mark), "", refused.message);
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        problems.add(
            places.at(error.mark),
            "",
            "not YAML: look for wrong indentation, an unclosed quote or bracket, or a missing "
            "colon here and in the line above (" +
                error.msg + ")"
        );
        return std::nullopt;
    }
    return std::move(document).take();
}

Value overlay(Value under, Value over) {
    if (under.kind != Value::Kind::Map || over.kind != Value::Kind::Map) {
        return over;
    }
    under.place = over.place;
    for (Entry& entry : over.entries) {
        const auto existing = std::ranges::find(under.entries, entry.key, &Entry::key);
        if (existing == under.entries.end()) {
            under.entries.push_back(std::move(entry));
        } else {
            existing->place = entry.place;
            existing->value = overlay(std::move(existing->value), std::move(entry.value));
        }
    }
    return under;
}

}  // namespace thidua::config
