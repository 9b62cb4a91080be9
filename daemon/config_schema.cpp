// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/config_schema.hpp"

#include "config/yaml.hpp"

#include <boost/json.hpp>

#include <string>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;
using config::keys::Key;
using config::keys::KeyMap;
using config::keys::Presence;
using config::keys::Type;

/// Whether a map must have what it needs, or may have it from the file that it is laid over.
enum class Extent { Whole, Part };

json::object string_schema(std::string_view pattern) {
    json::object schema{{"type", "string"}};
    if (!pattern.empty()) {
        schema["pattern"] = pattern;
    }
    return schema;
}

/// YAML takes 2024 and true for a number and a truth value; where a text is wanted they are one.
json::object text_schema(const Type& type) {
    json::object schema = string_schema(type.pattern);
    schema["type"] = json::array{"string", "number", "boolean"};
    return schema;
}

json::value value_of(const config::Value& written, const Type& type) {
    switch (written.kind) {
        case config::Value::Kind::Map: {
            json::object object;
            for (const config::Entry& entry : written.entries) {
                object[entry.key] = value_of(entry.value, type.item ? *type.item : Type{});
            }
            return object;
        }
        case config::Value::Kind::List: {
            json::array array;
            for (const config::Value& item : written.items) {
                array.push_back(value_of(item, type.item ? *type.item : Type{}));
            }
            return array;
        }
        default:
            break;
    }
    if (type.kind == Type::Kind::Integer) {
        return std::stoll(written.text);
    }
    return type.kind == Type::Kind::Boolean ? json::value(written.text == "true")
                                            : json::value(written.text);
}

/// The table has examples as they are written in a file.
json::value example_value(const Key& key) {
    config::Problems problems;
    const auto written = config::parse_yaml(key.example, problems.add_file("example"), problems);
    check(written && problems.empty(), "SchemaWriter: examples in the table are YAML");
    return value_of(*written, key.type);
}

class SchemaWriter {
  public:
    /// What `kind` is, with all that it refers to.
    json::object file(const config::keys::FileKind& kind) {
        const Extent extent = kind.is_laid_over ? Extent::Part : Extent::Whole;
        json::object schema{
            {"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "thidua: " + std::string(kind.name)},
        };
        schema["$ref"] = reference(*kind.type.map, extent);
        schema["$defs"] = std::move(definitions_);
        return schema;
    }

  private:
    std::string reference(const KeyMap& map, Extent extent) {
        const std::string name = std::string(map.name) + (extent == Extent::Part ? "-part" : "");
        if (!definitions_.contains(name)) {
            definitions_[name] = nullptr;  // a map may hold itself
            definitions_[name] = map_schema(map, extent);
        }
        return "#/$defs/" + name;
    }

    json::object map_schema(const KeyMap& map, Extent extent) {
        json::object properties;
        json::array required;
        for (const Key* key : all_keys(map)) {
            properties[key->name] = key_schema(*key, extent);
            if (extent == Extent::Whole && key->presence.kind == Presence::Kind::Required) {
                required.emplace_back(key->name);
            }
        }
        json::object schema{
            {"type", "object"},
            {"description", map.meaning},
            {"properties", std::move(properties)},
            {"additionalProperties", false},
        };
        if (!required.empty()) {
            schema["required"] = std::move(required);
        }
        return schema;
    }

    json::object key_schema(const Key& key, Extent extent) {
        json::object schema = type_schema(key.type, extent);
        std::string description(key.meaning);
        if (key.presence.kind == Presence::Kind::Default && key.presence.value != "{}") {
            description += " Default: " + std::string(key.presence.value);
        } else if (key.presence.kind == Presence::Kind::Depends) {
            description += " Left out: " + std::string(key.presence.words);
        }
        schema["description"] = description;
        if (!key.example.empty()) {
            schema["examples"] = json::array{example_value(key)};
        }
        return schema;
    }

    /// A source or the campaign within the root file: a preset or a file may have all that is
    /// missing.
    json::object laid_over_schema(const KeyMap& map) {
        json::object schema{{"$ref", reference(map, Extent::Part)}};
        json::array below{map.laid_over.key};
        if (map.laid_over.is_required) {
            schema["required"] = std::move(below);
            return schema;
        }
        json::array required;
        for (const Key* key : all_keys(map)) {
            if (key->presence.kind == Presence::Kind::Required) {
                required.emplace_back(key->name);
            }
        }
        schema["anyOf"] = json::array{
            json::object{{"required", std::move(below)}},
            json::object{{"required", std::move(required)}},
        };
        return schema;
    }

    json::object type_schema(const Type& type, Extent extent) {
        switch (type.kind) {
            case Type::Kind::Text:
                return text_schema(type);
            case Type::Kind::Integer:
                return {{"type", "integer"}, {"minimum", type.min}, {"maximum", type.max}};
            case Type::Kind::Boolean:
                return {{"type", "boolean"}};
            case Type::Kind::Share:
                return string_schema("^([0-9]+([.,][0-9]+)?%|[0-9]+/[0-9]+)$");
            case Type::Kind::Day:
                return string_schema("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
            case Type::Kind::Instant:
                return string_schema("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)$");
            case Type::Kind::Duration:
                return string_schema("^[0-9]+(ms|s|m|h|d)$");
            case Type::Kind::Bytes:
                return string_schema("^[0-9]+(KiB|MiB|GiB)$");
            case Type::Kind::TimeOfDay:
                return string_schema("^([01][0-9]|2[0-3]):[0-5][0-9]$");
            case Type::Kind::Path:
            case Type::Kind::SecretFile:
            case Type::Kind::WrittenPath:
            case Type::Kind::File:
                return string_schema("^.+$");
            case Type::Kind::Choice:
                return choice_schema(type);
            case Type::Kind::List:
                return {{"type", "array"}, {"items", type_schema(*type.item, Extent::Whole)}};
            case Type::Kind::Map:
                return type.map->laid_over.key.empty() || extent == Extent::Part
                           ? json::object{{"$ref", reference(*type.map, extent)}}
                           : laid_over_schema(*type.map);
            case Type::Kind::Free:
                return {
                    {"type", "object"}, {"additionalProperties", type_schema(*type.item, extent)}};
            case Type::Kind::Either:
                return {
                    {"anyOf", {type_schema(*type.item, extent), type_schema(*type.other, extent)}}};
        }
        check(false, "SchemaWriter: a known kind of type");
        return {};
    }

    static json::object choice_schema(const Type& type) {
        const auto words = config::keys::words_in(type.words);
        return {{"enum", json::array(words.begin(), words.end())}};
    }

    json::object definitions_;
};

}  // namespace

json::object config_schema(const config::keys::FileKind& kind) {
    return SchemaWriter().file(kind);
}

}  // namespace thidua::daemon
