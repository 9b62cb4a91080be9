// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/print.hpp"

#include "core/hash.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::connectors {
namespace {

/// To be raised whenever the same answer becomes another record by a change of the program.
constexpr int reading_version = 1;

/// Values in a row, each with its length in front, so that no two rows of them read alike.
class Listing {
  public:
    void add(std::string_view text) {
        bytes_.append(std::to_string(text.size())).append(":").append(text);
    }
    void add(int number) { add(std::to_string(number)); }
    template <class Value>
    void add(const std::optional<Value>& value) {
        add(value ? "+" : "-");
        if (value) {
            add(*value);
        }
    }
    template <class Value>
    void add(const std::vector<Value>& values) {
        add(static_cast<int>(values.size()));
        for (const Value& value : values) {
            add(value);
        }
    }
    template <class Value>
    void add(const std::map<std::string, Value>& values) {
        add(static_cast<int>(values.size()));
        for (const auto& [name, value] : values) {
            add(name);
            add(value);
        }
    }
    void add(const FieldMap& field) {
        add(field.from);
        add(static_cast<int>(field.format));
        add(field.values);
        add(field.otherwise);
        add(field.unlisted);
        add(field.required ? 1 : 0);
        for (const FieldCase& each : field.cases) {
            add(each.when);
            add(each.value);
        }
        add(static_cast<int>(field.cases.size()));
        add(field.sum);
        add(field.inside);
    }
    void add(const Condition& condition) {
        add(condition.pointer);
        add(condition.equals);
        add(condition.differs_from);
    }
    void add(const Join& join) {
        add(join.key);
        add(join.row_key);
        add(join.records);
        add(join.map);
    }
    void add(const CounterQuery& query) {
        add(query.path);
        add(query.rows);
        add(query.where);
        add(query.metrics);
        add(query.values);
        add(query.unit_code);
        add(query.echoes);
        add(query.children);
        add(query.child_key);
    }
    void add(ErrorKind kind) { add(static_cast<int>(kind)); }
    void add(const ErrorRule& rule) {
        add(rule.status);
        add(rule.pointer);
        add(rule.equals);
        add(rule.differs_from);
        add(rule.contains);
        add(rule.lacks);
        add(rule.kind);
    }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

}  // namespace

std::uint64_t print_of_reading(const SourceDescription& description) {
    Listing listing;
    listing.add(reading_version);
    listing.add(static_cast<int>(description.kind));
    listing.add(description.pagination.total);
    listing.add(description.cursor.field);
    listing.add(description.unwrap);
    listing.add(description.records);
    listing.add(description.map);
    listing.add(description.payments.path);
    listing.add(description.payments.map);
    listing.add(description.fees.path);
    listing.add(description.fees.map);
    listing.add(description.joins);
    listing.add(description.queries);
    listing.add(description.errors);
    listing.add(static_cast<int>(description.contract.missing_required));
    listing.add(static_cast<int>(description.contract.type_change));
    listing.add(static_cast<int>(description.contract.unknown_enum));
    listing.add(description.keep);
    listing.add(description.parameters);  // the templates of echoes name them
    return print_of(listing.bytes());
}

}  // namespace thidua::connectors
