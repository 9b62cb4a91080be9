// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/control_message.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <charconv>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

template <class AnyEntry, class Visit>
void visit_entry(AnyEntry& entry, Visit& visit) {
    auto& [question, word, title, text, day, part, deadline, copies] = entry;
    visit("question", question);
    visit("word", word);
    visit("title", title);
    visit("text", text);
    visit("day", day);
    visit("part", part);
    visit("deadline", deadline);
    visit("copies", copies);
}

/// Calls `visit(name, field)` for every option that a command may carry. The binding names each
/// member of Options: a new one does not compile until it is decided here whether it travels, so
/// that no option is lost between a client and the daemon.
template <class AnyOptions, class Visit>
void visit_arguments(AnyOptions& options, Visit visit) {
    auto& [command, config, json, quiet, dry_run, all, accept_loss, now, sources, as_of, known_at, unit, week, edition, out, to, sandbox, until, figure, file, by, limit, source, seal, record, from, last, id, files, kind, template_kind, update_golden, note, code, award, approved_by, document, entry, dossiers, replace, indicator, form, job, recipient, failed, showing, checking, starting] =
        options;
    // The daemon has its own command table and configuration; json and quiet stand beside.
    (void)command, (void)config, (void)json, (void)quiet;
    // Of commands that only read, or want the store for themselves.
    (void)figure, (void)job, (void)all, (void)limit;
    (void)dossiers, (void)replace, (void)form;
    (void)seal, (void)dry_run, (void)template_kind, (void)update_golden;
    (void)showing, (void)checking, (void)starting;
    visit("now", now);
    visit("accept_loss", accept_loss);
    visit("sources", sources);
    visit("as_of", as_of);
    visit("known_at", known_at);
    visit("unit", unit);
    visit("week", week);
    visit("out", out);
    visit("to", to);
    visit("sandbox", sandbox);
    visit("until", until);
    visit("file", file);
    visit("by", by);
    visit("source", source);
    visit("record", record);
    visit("from", from);
    visit("last", last);
    visit("id", id);
    visit("files", files);
    visit("kind", kind);
    visit("note", note);
    visit("code", code);
    visit("approved_by", approved_by);
    visit("document", document);
    visit("award", award);
    visit("edition", edition);
    visit("recipient", recipient);
    visit("failed", failed);
    visit("indicator", indicator);
    visit_entry(entry, visit);
}

/// Puts what is set into an object.
struct WriteArgument {
    json::object& object;

    template <class Value>
    void operator()(const char* name, const std::optional<Value>& value) {
        if (value) {
            object[name] = to_text(*value);
        }
    }
    void operator()(const char* name, const std::optional<std::int64_t>& value) {
        if (value) {
            object[name] = std::to_string(*value);
        }
    }
    void operator()(const char* name, const std::vector<std::string>& values) {
        if (!values.empty()) {
            object[name] = json::array(values.begin(), values.end());
        }
    }
    void operator()(const char* name, const std::string& value) {
        if (!value.empty()) {
            object[name] = value;
        }
    }
    void operator()(const char* name, const bool& value) {
        if (value) {
            object[name] = true;
        }
    }
    void operator()(const char* name, const std::filesystem::path& value) {
        if (!value.empty()) {
            std::error_code code;
            const auto absolute = std::filesystem::absolute(value, code);
            object[name] = (code ? value : absolute).string();
        }
    }
};

Result<Instant> parse_as(std::string_view text, const std::optional<Instant>& /*as*/) {
    return parse_instant(text);
}

Result<Day> parse_as(std::string_view text, const std::optional<Day>& /*as*/) {
    return parse_day(text);
}

Result<IsoWeek> parse_as(std::string_view text, const std::optional<IsoWeek>& /*as*/) {
    return parse_week(text);
}

Result<std::int64_t> parse_as(
    std::string_view text, const std::optional<std::int64_t>& /*as*/
) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    return is_number ? Result<std::int64_t>(number) : fail(ErrorKind::Data, "not a whole number");
}

/// Takes what is known out of an object; what stays behind is unknown.
struct ReadArgument {
    json::object& object;
    std::string& mistake;

    template <class Value>
    void operator()(const char* name, std::optional<Value>& value) {
        std::string text;
        (*this)(name, text);
        if (text.empty()) {
            return;
        }
        const auto parsed = parse_as(text, value);
        if (parsed) {
            value = *parsed;
        } else {
            mistake = fmt::format("arguments.{}: {}", name, parsed.error().message);
        }
    }
    void operator()(const char* name, std::vector<std::string>& values) {
        const json::value* found = object.if_contains(name);
        if (found == nullptr) {
            return;
        }
        if (!found->is_array()) {
            mistake = fmt::format("arguments.{}: not a list", name);
            return;
        }
        for (const json::value& item : found->get_array()) {
            if (!item.is_string()) {
                mistake = fmt::format("arguments.{}: not a list of texts", name);
                return;
            }
            values.emplace_back(item.get_string());
        }
        object.erase(name);
    }
    void operator()(const char* name, std::string& value) {
        const json::value* found = object.if_contains(name);
        if (found == nullptr) {
            return;
        }
        if (!found->is_string()) {
            mistake = fmt::format("arguments.{}: not a text", name);
            return;
        }
        value = found->get_string();
        object.erase(name);
    }
    void operator()(const char* name, bool& value) {
        const json::value* found = object.if_contains(name);
        if (found == nullptr) {
            return;
        }
        if (!found->is_bool()) {
            mistake = fmt::format("arguments.{}: not true or false", name);
            return;
        }
        value = found->get_bool();
        object.erase(name);
    }
    void operator()(const char* name, std::filesystem::path& value) {
        std::string text;
        (*this)(name, text);
        value = text;
    }
};

/// One object from one line; names from sources and relays need not be UTF-8.
Result<json::object> parse_object(std::string_view line, ErrorKind kind) {
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;
    boost::system::error_code code;
    json::value value = json::parse(line, code, {}, lenient);
    if (code || !value.is_object()) {
        return fail(kind, "not a JSON object in one line");
    }
    return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

std::int64_t count_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

bool flag_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_bool() && found->get_bool();
}

constexpr std::string_view names[] = {"out", "err", "progress"};

}  // namespace

std::string to_line(const ControlRequest& request) {
    json::object arguments;
    visit_arguments(request.options, WriteArgument{arguments});
    return json::serialize(json::object{
               {"version", control_version},
               {"command", request.command},
               {"configuration", request.configuration},
               {"json", request.options.json},
               {"quiet", request.options.quiet},
               {"arguments", std::move(arguments)}}) +
           "\n";
}

Result<ControlRequest> parse_request(std::string_view line) {
    auto object = parse_object(line, ErrorKind::Usage);
    if (!object) {
        return failed("request", object.error());
    }
    const json::value* version = object->if_contains("version");
    if (version == nullptr || *version != control_version) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "request: not of version {}: program and daemon are not of one release; restart "
                "the daemon",
                control_version
            )
        );
    }
    ControlRequest request{text_of(*object, "command"), text_of(*object, "configuration"), {}};
    request.options.json = flag_of(*object, "json");
    request.options.quiet = flag_of(*object, "quiet");
    json::value* arguments = object->if_contains("arguments");
    if (arguments == nullptr || !arguments->is_object()) {
        return fail(ErrorKind::Usage, "request: arguments: not an object");
    }
    std::string mistake;
    visit_arguments(request.options, ReadArgument{arguments->get_object(), mistake});
    if (mistake.empty() && !arguments->get_object().empty()) {
        mistake = "arguments: unknown: " + std::string(arguments->get_object().begin()->key());
    }
    if (!mistake.empty()) {
        return fail(ErrorKind::Usage, "request: " + mistake);
    }
    return request;
}

std::string to_line(const ControlWord& word) {
    json::object object;
    if (word.kind == ControlWord::Kind::Exit) {
        object["exit"] = word.exit_code;
    } else {
        object[names[static_cast<std::size_t>(word.kind)]] = word.text;
    }
    if (word.total > 0) {
        object["done"] = word.done;
        object["total"] = word.total;
    }
    return json::serialize(object) + "\n";
}

Result<ControlWord> parse_word(std::string_view line) {
    const auto object = parse_object(line, ErrorKind::Contract);
    if (!object) {
        return failed("answer", object.error());
    }
    if (const json::value* code = object->if_contains("exit")) {
        if (!code->is_int64() || code->get_int64() < 0 || code->get_int64() > 255) {
            return fail(ErrorKind::Contract, "answer: exit: not an exit code");
        }
        return ControlWord{ControlWord::Kind::Exit, "", static_cast<int>(code->get_int64())};
    }
    for (std::size_t kind = 0; kind < std::size(names); ++kind) {
        const json::value* text = object->if_contains(names[kind]);
        if (text != nullptr && text->is_string()) {
            ControlWord word{static_cast<ControlWord::Kind>(kind), std::string(text->get_string())};
            word.done = count_of(*object, "done");
            word.total = count_of(*object, "total");
            return word;
        }
    }
    return fail(ErrorKind::Contract, "answer: neither out, err, progress nor exit");
}

}  // namespace thidua::daemon
