// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/procedure_reader.hpp"

#include "core/codes.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace thidua::connectors {
namespace {

/// Offers the texts and numbers at every place of the field, trimmed.
template <std::invocable<std::string_view> Take>
void take_everywhere(const Field& field, Element record, const Take& take) {
    std::string room;
    for (const Pointer& pointer : field.pointers()) {
        for_each_below(record, pointer.keys(), [&](Element element) {
            if (const auto text = scalar_view(element, room)) {
                take(trim(*text));
            }
        });
    }
}

void add_unit(std::string code, ProcedureRecord& procedure) {
    std::vector<std::string>& codes = procedure.unit_codes;
    const auto place = std::ranges::lower_bound(codes, code);
    if (!code.empty() && (place == codes.end() || *place != code)) {
        codes.insert(place, std::move(code));
    }
}

/// The position in `words` of our word for what stands there; nothing if nothing does.
Result<std::optional<std::size_t>> position_of_word(
    const Field& field, Element record, std::span<const std::string_view> words
) {
    std::string room;
    const auto word = field.word(record, room);
    if (!word || !*word) {
        return word ? Result<std::optional<std::size_t>>{} : std::unexpected(word.error());
    }
    const auto place = std::ranges::find(words, **word);
    if (place == words.end()) {
        return fail(ErrorKind::Data, field.place() + ": a text without a meaning for us");
    }
    return std::optional(static_cast<std::size_t>(place - words.begin()));
}

}  // namespace

Result<ProcedureReader> ProcedureReader::make(const SourceDescription& description) {
    ProcedureReader reader;
    auto filled = fill_fields(
        description.map,
        {{&reader.code_, "code"},
         {&reader.name_, "name"},
         {&reader.level_, "level"},
         {&reader.fee_bearing_, "fee_bearing"},
         {&reader.fee_amounts_, "fee_amounts"},
         {&reader.unit_codes_, "unit_codes"}}
    );
    if (!filled) {
        return std::unexpected(std::move(filled.error()));
    }
    return reader;
}

Result<ProcedureRecord> ProcedureReader::read(Element record) const {
    auto code = read_text(code_, record);
    auto name = read_text(name_, record);
    const auto level = read_level(record);
    const auto fee_bearing = read_fee_bearing(record);
    if (!code || !name || !level || !fee_bearing) {
        return std::unexpected(
            !code    ? code.error()
            : !name  ? name.error()
            : !level ? level.error()
                     : fee_bearing.error()
        );
    }
    ProcedureRecord procedure;
    procedure.code = canonical_procedure_code(*code);
    if (procedure.code.empty()) {
        return fail(ErrorKind::Data, code_.place() + ": no code of a procedure");
    }
    procedure.name = *std::move(name);
    procedure.level = *level;
    procedure.fee_bearing = *fee_bearing;
    take_everywhere(unit_codes_, record, [&](std::string_view unit) {
        add_unit(canonical_unit_code(unit), procedure);
    });
    return procedure;
}

Result<std::optional<Level>> ProcedureReader::read_level(Element record) const {
    const auto position = position_of_word(level_, record, level_words);
    if (!position || !*position) {
        return position ? Result<std::optional<Level>>{} : std::unexpected(position.error());
    }
    return static_cast<Level>(**position);
}

Result<std::optional<bool>> ProcedureReader::read_fee_bearing(Element record) const {
    const auto position = position_of_word(fee_bearing_, record, yes_no_words);
    if (!position) {
        return std::unexpected(position.error());
    }
    return *position ? std::optional(**position == 1) : owes_by_amounts(record);
}

/// Any amount above 0 makes it bear a fee. Amounts that are words, such as "theo quy định", leave
/// it open, unless the mapping says what they mean.
std::optional<bool> ProcedureReader::owes_by_amounts(Element record) const {
    bool is_any_there = false;
    bool is_any_open = false;
    bool is_any_owed = false;
    take_everywhere(fee_amounts_, record, [&](std::string_view text) {
        is_any_there = true;
        const std::string_view given = fee_amounts_.meaning_of(text);
        const auto amount = whole_number(given);
        is_any_owed = is_any_owed || amount.value_or(0) > 0;
        is_any_open = is_any_open || (!amount && !given.empty());
    });
    if (is_any_owed) {
        return true;
    }
    return is_any_there && !is_any_open ? std::optional(false) : std::nullopt;
}

std::vector<ProcedureRecord> each_once(std::vector<ProcedureRecord> procedures) {
    std::vector<ProcedureRecord> kept;
    kept.reserve(procedures.size());
    std::unordered_map<std::string, std::size_t> position_of;
    for (ProcedureRecord& procedure : procedures) {
        const auto [place, is_new] = position_of.emplace(procedure.code, kept.size());
        if (is_new) {
            kept.push_back(std::move(procedure));
            continue;
        }
        ProcedureRecord& other = kept[place->second];
        if (other.name.empty()) {
            other.name = std::move(procedure.name);
        }
        other.level = std::max(other.level, procedure.level);
        other.fee_bearing = std::max(other.fee_bearing, procedure.fee_bearing);
        for (std::string& unit : procedure.unit_codes) {
            add_unit(std::move(unit), other);
        }
    }
    return kept;
}

}  // namespace thidua::connectors
